package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.apply.Events;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.fixture.WatchedLedger;
import dev.plumbline.reconciler.ledger.git.GitLedger;
import dev.plumbline.reconciler.ledger.git.LedgerSettings;
import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trouble is recorded where something can be recorded. */
final class TroublesTest {
    @TempDir
    Path folder;

    private final MutableClock clock = MutableClock.started();
    private boolean fenced = true;
    private int attempts;

    @Test
    void triesToRecordNothingWhileTheLedgerIsFencedAndAllOfItLater() throws Exception {
        try (TemporaryRepository origin = TemporaryRepository.create(folder.resolve("origin.git"), clock);
                Mirror mirror =
                        Mirror.open(folder.resolve("mirror.git"), Remote.local(origin.path()), GitCredentials.none());
                GitLedger ledger = GitLedger.open(
                        mirror,
                        LedgerSettings.of("one", "ada@laptop", Committer.standard()),
                        false,
                        clock,
                        new SplittableRandom(1))) {
            Troubles troubles = new Troubles(new Fencing(ledger), new Events(clock));

            note(troubles);
            note(troubles);
            assertThat(attempts).isZero();

            fenced = false;
            note(troubles);
            note(troubles);
            assertThat(attempts).isEqualTo(1);
        }
    }

    private void note(Troubles troubles) throws InterruptedException {
        troubles.note(
                Specs.DATASET,
                new Outcome.Stalled("DataRejected", "a tenure is no number"),
                Optional.empty(),
                clock.instant());
    }

    private final class Fencing extends WatchedLedger {
        Fencing(GitLedger ledger) {
            super(ledger);
        }

        @Override
        protected void before() {
            attempts++;
        }

        @Override
        public Optional<Fence> fence() {
            return fenced ? Optional.of(new Fence("Fenced", "bob@desk holds it")) : Optional.empty();
        }
    }
}
