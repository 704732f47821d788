package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.apply.Events;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.fixture.WatchedLedger;
import dev.plumbline.reconciler.ledger.Transition;
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
import java.time.Duration;
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

    @Test
    void whatAPersonOrderedAndRecordedIsNotRecordedOnceMore() throws Exception {
        try (TemporaryRepository origin = TemporaryRepository.create(folder.resolve("origin.git"), clock);
                Mirror mirror =
                        Mirror.open(folder.resolve("mirror.git"), Remote.local(origin.path()), GitCredentials.none());
                GitLedger ledger = GitLedger.open(
                        mirror,
                        LedgerSettings.of("one", "ada@laptop", Committer.standard()),
                        false,
                        clock,
                        new SplittableRandom(1))) {
            Events events = new Events(clock);
            Troubles troubles = new Troubles(ledger, events);
            troubles.note(Specs.TRAINING, new Outcome.Ready("Trained", "v1"), Optional.empty(), clock.instant());
            clock.advance(Duration.ofMinutes(1));
            ledger.record(Transition.of(
                    "cancel",
                    events.of(Specs.TRAINING, "CancelledByPerson", "cancelled by ann: why", Optional.empty())));
            clock.advance(Duration.ofMinutes(1));

            troubles.note(
                    Specs.TRAINING,
                    new Outcome.Stalled(
                            "CancelledByPerson", "run 1 was cancelled by ann: why; it is begun again later"),
                    Optional.empty(),
                    clock.instant());
            assertThat(ledger.view().events(Optional.of(Specs.TRAINING), 10)).hasSize(1);

            // The same trouble after a time in which all was well is told again.
            clock.advance(Duration.ofMinutes(1));
            troubles.note(Specs.TRAINING, new Outcome.Ready("Trained", "v1"), Optional.empty(), clock.instant());
            clock.advance(Duration.ofMinutes(1));
            troubles.note(
                    Specs.TRAINING,
                    new Outcome.Stalled(
                            "CancelledByPerson", "run 1 was cancelled by ann: why; it is begun again later"),
                    Optional.empty(),
                    clock.instant());
            assertThat(ledger.view().events(Optional.of(Specs.TRAINING), 10)).hasSize(2);
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
