package dev.plumbline.reconciler.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a file looks like from outside, to notice that it was changed without reading it. */
record FileStamp(Instant modified, long size, Optional<Object> identity) {
    /** A file system may give two changes in quick succession the same time. */
    private static final Duration GRAIN = Duration.ofSeconds(2);

    static FileStamp of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileStamp(
                attributes.lastModifiedTime().toInstant(),
                attributes.size(),
                Optional.ofNullable(attributes.fileKey()));
    }

    /** Whether a change after this moment would show in the stamp. */
    boolean tellsChangesAfter(Instant read) {
        return modified.isBefore(read.minus(GRAIN));
    }
}
