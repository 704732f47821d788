package dev.plumbline.reconciler.scaffold;

import dev.plumbline.schemas.model.DataFormat;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a dataset finds its file.
 *
 * @param path in the repository, for a file that is copied
 * @param copy the bytes that are copied
 * @param uri of a file that stays where it is
 * @param digest of the bytes of that file
 */
record DataPlace(Optional<String> path, Optional<byte[]> copy, Optional<String> uri, Optional<Digest> digest) {
    /** Larger files do not belong into Git. */
    static final long LARGEST_COPY = 10L << 20;

    static DataPlace of(Path file, DataFormat format, String name) throws ScaffoldException {
        try {
            if (Files.size(file) <= LARGEST_COPY) {
                String path = "data/" + name + "." + format.name().toLowerCase(Locale.ROOT);
                return new DataPlace(
                        Optional.of(path), Optional.of(Files.readAllBytes(file)), Optional.empty(), Optional.empty());
            }
            Path real = file.toRealPath();
            String uri = "file://" + real;
            if (!uri.matches("[!-~&&[^%\\\\\"<>^`{|}\\[\\]#?]]+")) {
                throw new ScaffoldException(
                        "the path of " + file.getFileName() + " holds characters that a spec's uri may not hold",
                        "move it below a path of plain letters without spaces");
            }
            return new DataPlace(Optional.empty(), Optional.empty(), Optional.of(uri), Optional.of(digest(real)));
        } catch (IOException failure) {
            throw new ScaffoldException(file.getFileName() + " cannot be read", "may you read it?", failure);
        }
    }

    private static Digest digest(Path file) throws IOException {
        MessageDigest algorithm = Digest.algorithm();
        try (InputStream in = Files.newInputStream(file)) {
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), algorithm));
        }
        return Digest.of(algorithm);
    }
}
