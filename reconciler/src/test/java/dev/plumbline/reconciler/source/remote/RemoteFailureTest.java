package dev.plumbline.reconciler.source.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.source.Source;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;

/** What of a failed fetch is the same whenever it is tried again. */
final class RemoteFailureTest {
    private static final Remote REMOTE = Remote.local(Path.of("origin.git"));

    @Test
    void whatGitForbidsByARuleStaysForbidden() {
        IOException forbidden =
                new CorruptObjectException(ObjectChecker.ErrorType.HAS_DOTGIT, ObjectId.zeroId(), "contains .git");

        Source.SourceException failure = RemoteFailure.of(REMOTE, new TransportException("fetch", forbidden));

        assertThat(failure.reason()).isEqualTo("Unsafe");
        assertThat(RemoteFailure.lasting(failure)).isTrue();
    }

    @Test
    void whatWasDamagedOnItsWayIsFetchedAgain() {
        IOException damaged = new CorruptObjectException("packfile checksum incorrect");

        Source.SourceException failure = RemoteFailure.of(REMOTE, new TransportException("fetch", damaged));

        assertThat(failure.reason()).isEqualTo("Unsafe");
        assertThat(RemoteFailure.lasting(failure)).isFalse();
    }

    @Test
    void aFullDiskIsNoFaultOfTheRemote() {
        Source.SourceException failure =
                RemoteFailure.of(REMOTE, new TransportException("fetch", new IOException("No space left on device")));

        assertThat(failure.reason()).isEqualTo("Storage");
        assertThat(failure.getMessage())
                .isEqualTo("The mirror cannot take what origin.git holds: the disk is full (No space left on device);"
                        + " make room for the state folder.");
        assertThat(RemoteFailure.lasting(failure)).isFalse();
    }
}
