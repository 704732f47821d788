package dev.plumbline.reconciler.source.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.source.Source;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Whoever is told to move a mirror away that is whole loses what was not pushed. */
final class MirrorFailureTest {
    private static final Path MIRROR = Path.of("state", "mirror.git");

    @Test
    void aFullDiskIsNamedAndNothingIsToBeMovedAway() {
        Source.SourceException failure = MirrorFailure.opening(
                MIRROR, new FileSystemException("/srv/state/mirror.git/config.lock", null, "No space left on device"));

        assertThat(failure.reason()).isEqualTo("Storage");
        assertThat(failure.getMessage())
                .isEqualTo(
                        "The mirror in the state folder (mirror.git) cannot be opened: the disk is full (No space left"
                                + " on device); make room for the state folder.");
    }

    @Test
    void whatIsDamagedIsKept() {
        Source.SourceException failure =
                MirrorFailure.opening(MIRROR, new IOException("Unknown repository format \"7\""));

        assertThat(failure.reason()).isEqualTo("Damaged");
        assertThat(failure.getMessage()).contains("move it aside and keep it");
    }

    @Test
    void aRefThatFindsNoRoomIsNotDamaged() {
        assertThat(MirrorFailure.of(
                                "The mirror's ref refs/heads/x cannot be written",
                                new IOException("No space left on device"))
                        .reason())
                .isEqualTo("Storage");
        assertThat(MirrorFailure.of("The mirror's ref refs/heads/x cannot be read", new IOException("not an id"))
                        .reason())
                .isEqualTo("Damaged");
    }
}
