package dev.plumbline.runtime;

import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Bytes by their digest. What is stored is never changed. Thread-safe. */
public interface ArtifactStore {
    /**
     * Stores what the stream holds, durable when this returns. Storing the same bytes again does nothing.
     *
     * @throws IOException when it could not be stored (disk full, for instance); then nothing was
     */
    Digest put(InputStream bytes) throws IOException;

    /**
     * A readable file with exactly these bytes, their digest checked now; empty when they are not there. A copy whose
     * bytes are others is set aside and not given.
     */
    Optional<Path> find(Digest digest) throws IOException;
}
