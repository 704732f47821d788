package dev.plumbline.schemas.catalog;

import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.ModelSpec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The files that specs name exist, and are themselves. */
final class FileRules {
    /** How every Git LFS pointer file begins (Git LFS specification, "The Pointer"). */
    private static final byte[] LFS = "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

    private final Surroundings files;

    FileRules(Surroundings files) {
        this.files = files;
    }

    void model(ModelSpec model, Findings findings) {
        model.card().ifPresent(card -> check("/spec/card", card, findings));
    }

    void dataset(DatasetSpec dataset, Findings findings) {
        dataset.source().path().ifPresent(path -> check("/spec/source/path", path, findings));
    }

    private void check(String pointer, String path, Findings findings) {
        if (RepositoryPaths.ofPath(path).isPresent()) {
            return;
        }
        Optional<byte[]> start = files.start(path, LFS.length);
        if (start.isEmpty()) {
            findings.error(
                    pointer,
                    "missing-file",
                    "there is no file `" + path + "`",
                    "commit the file, or correct the path; paths begin at the root of the repository");
        } else if (Arrays.equals(LFS, start.get())) {
            findings.error(
                    pointer,
                    "lfs-pointer",
                    "`" + path + "` is a Git LFS pointer, and this version reads no LFS objects",
                    "commit the file itself, or name it by `uri: file:///…` and its `digest`");
        }
    }
}
