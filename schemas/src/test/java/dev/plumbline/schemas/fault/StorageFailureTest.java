package dev.plumbline.schemas.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

final class StorageFailureTest {
    @Test
    void findsWhatTheSystemRefusedWhoeverWrapsIt() {
        IOException full = new FileSystemException("/srv/state/config.lock", null, "No space left on device");

        assertThat(StorageFailure.in(full)).contains(StorageFailure.FULL);
        assertThat(StorageFailure.in(new IllegalStateException("it broke", new UncheckedIOException(full))))
                .contains(StorageFailure.FULL);
        assertThat(StorageFailure.in(new FileNotFoundException("/srv/state/HEAD (Too many open files)")))
                .contains(StorageFailure.OPEN_FILES);
        assertThat(StorageFailure.in(new AccessDeniedException("/srv/state/HEAD")))
                .contains(StorageFailure.RIGHTS);
    }

    @Test
    void saysWhatToDoAndNoPath() {
        assertThat(StorageFailure.FULL.words())
                .isEqualTo("the disk is full (No space left on device); make room for the state folder");
    }

    @Test
    void takesNothingElseForARefusal() {
        assertThat(StorageFailure.in(new NoSuchFileException("/srv/state/HEAD")))
                .isEmpty();
        assertThat(StorageFailure.in(new IOException())).isEmpty();
    }
}
