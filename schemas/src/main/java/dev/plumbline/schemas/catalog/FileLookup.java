package dev.plumbline.schemas.catalog;

import java.util.Optional;

/** The files beside the specs, in a commit or in a folder. */
@FunctionalInterface
public interface FileLookup {
    /**
     * The first bytes of a file.
     *
     * @param path relative to the root of the specs, with forward slashes
     * @param length how many bytes at most
     * @return empty when there is no such file
     */
    Optional<byte[]> start(String path, int length);

    /**
     * Something that is another whenever the file is another, such as its blob id.
     *
     * @return empty when there is no such file, or when nobody can tell
     */
    default Optional<String> version(String path) {
        return Optional.empty();
    }
}
