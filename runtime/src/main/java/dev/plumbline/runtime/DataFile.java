package dev.plumbline.runtime;

import dev.plumbline.schemas.model.Digest;
import java.nio.file.Path;

/** A data file on this machine and the digest of its bytes. */
public record DataFile(Path path, Digest digest) {}
