package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.plan.Plan;
import dev.plumbline.reconciler.queue.Place;
import dev.plumbline.reconciler.status.Reason;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.VersionName;
import dev.plumbline.schemas.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What people and their tools may ask of a running control plane. Thread-safe. */
public interface Operations {
    /** Everything that is reported, as of one moment. */
    State state();

    /** What a person should know though nothing fails by it. */
    default List<Warning> warnings() {
        return List.of();
    }

    /** The record of what was learned and decided. */
    LedgerView ledger();

    /** The specs that are acted on, in order of kind and name. */
    List<Resource> resources();

    /**
     * What is left to do now.
     *
     * @throws Refused when what is cannot be observed
     */
    Plan plan() throws Refused, InterruptedException;

    /**
     * Looks at the source early.
     *
     * @param revision wait for this revision to be admitted, if it appears
     * @param wait for how long at most
     * @return the admission of that revision, or of the newest one; empty when it did not come in time
     */
    Optional<Admitted> look(Optional<Revision> revision, Duration wait) throws InterruptedException;

    /** Whether a revision is another one or comes before it, as far as is known here. */
    boolean includes(Revision later, Revision earlier);

    /** What a person on call may order. */
    Interventions interventions();

    /** Blocks until something that {@link #state()} reports has changed after this generation, or the time is over. */
    State awaitChange(long generation, Duration wait) throws InterruptedException;

    /**
     * Writes the commit that names a version by hand.
     *
     * @throws Refused when it cannot be, with what to do
     */
    Written write(Change change) throws Refused, InterruptedException;

    /**
     * Takes a rewritten history of the watched branch as it is, and records who said so.
     *
     * @throws Refused when no rewritten history that holds the revision waits for it
     */
    void acceptHistory(Revision revision, String actor, String reason) throws Refused, InterruptedException;

    /** The output of a run's latest attempt; empty when this machine does not hold it. */
    Optional<Path> output(RunId run);

    /**
     * A moment's report.
     *
     * @param generation grows with every change
     * @param revision the newest revision that was read
     * @param admittedAt when a revision was last admitted, by whichever process
     * @param lastFetch when the source was last read with success, since the start
     * @param sourceProblem why the source cannot be read now
     * @param sourceProblemSince when it was last read with success, or else when it was first found that it cannot be
     * @param queue the runs that wait for their turn, the next one first
     */
    record State(
            long generation,
            Optional<Revision> revision,
            Optional<Instant> admittedAt,
            Optional<Instant> lastFetch,
            Optional<String> sourceProblem,
            Optional<Instant> sourceProblemSince,
            List<Problem> problems,
            List<ResourceStatus> resources,
            List<Place> queue) {}

    /**
     * Something that is not as it should be.
     *
     * @param reason fixed code
     * @param message what it means and what to do
     */
    record Warning(String reason, String message) {
        /** The reasons that freeze. */
        static final Set<Reason> FREEZES =
                Set.of(Reason.HISTORY_REWRITTEN, Reason.LEDGER_FOREIGN, Reason.LEDGER_REWOUND, Reason.FENCED);

        /** Whether nothing new is followed or decided before a person has settled it. */
        public boolean freezes() {
            return Reason.named(reason).filter(FREEZES::contains).isPresent();
        }
    }

    /** What was admitted of a revision, and what is wrong with it. */
    record Admitted(AdmissionEntry admission, List<Problem> problems) {}

    /**
     * A promotion or rollback asked for by a person.
     *
     * @param to empty, for a rollback: the version that served before
     */
    record Change(
            String serving, boolean rollback, Optional<VersionName> to, String requestedBy, Optional<String> reason) {}

    /**
     * The commit that was written.
     *
     * @param branch where it was pushed: the watched branch, or {@code plumbline/promote/SERVING}
     * @param note what is left for a person to do, if anything
     */
    record Written(Revision commit, String branch, VersionName version, Optional<String> note) {}

    /** The answer is no. */
    final class Refused extends Exception {
        private final String code;
        private final String message;
        private final Optional<String> hint;

        /** Why not, and what to do. */
        public Refused(String code, String message, Optional<String> hint) {
            super(message);
            this.code = code;
            this.message = message;
            this.hint = hint;
        }

        /** While the record is another's to write, or not to be trusted. */
        static Refused fenced(Ledger.Fence fence) {
            return new Refused("denied", fence.reason() + ": " + fence.message(), Optional.empty());
        }

        /** Fixed code: {@code not-found}, {@code denied}, {@code raced}, {@code unreachable}. */
        public String code() {
            return code;
        }

        @Override
        public String getMessage() {
            return message;
        }

        /** What to do. */
        public Optional<String> hint() {
            return hint;
        }
    }
}
