package dev.plumbline.runtime.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.runtime.TrainingOutcome;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

final class TrainingMainTest {
    @Test
    void whatFindsNoRoomIsTheMachinesAndNoCrash() {
        assertThat(TrainingMain.refused(new IOException("No space left on device")))
                .contains(new TrainingOutcome.Failed(
                        "TrainingStorage",
                        "The training process could not go on: the disk is full (No space left on device); make room for"
                                + " the state folder.",
                        false));
        assertThat(TrainingMain.refused(new IOException("a broken file"))).isEmpty();
    }

    @Test
    void aLibraryThatFindsNoRoomIsTriedAgain() {
        LinkageError full =
                new ExceptionInInitializerError(new IllegalStateException(new IOException("No space left on device")));
        assertThat(TrainingMain.unloaded(full))
                .isEqualTo(new TrainingOutcome.Failed(
                        "TrainingStorage",
                        "A native library of the trainer could not be unpacked below the state folder (No space left on"
                                + " device). Make room.",
                        false));
    }

    @Test
    void aReasonIsToldWithoutThePathOfTheFile() {
        LinkageError readOnly = new ExceptionInInitializerError(
                new FileSystemException("/home/ada/state/scratch/lib.so", null, "Read-only file system"));
        assertThat(TrainingMain.unloaded(readOnly).message())
                .contains("(Read-only file system)")
                .doesNotContain("/home/ada");
    }

    @Test
    void aLibraryThatTheMachineCannotLoadWaitsForAPerson() {
        TrainingOutcome.Failed failed = TrainingMain.unloaded(new UnsatisfiedLinkError("libgomp.so.1: cannot open"));
        assertThat(failed.permanent()).isTrue();
        assertThat(failed.reason()).isEqualTo("TrainerError");
    }
}
