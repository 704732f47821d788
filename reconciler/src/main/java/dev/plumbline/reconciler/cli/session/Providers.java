package dev.plumbline.reconciler.cli.session;

import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.reconciler.ledger.ArchivedVerdict;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.audit.RecordReader;
import dev.plumbline.reconciler.ledger.audit.RecordVerification;
import dev.plumbline.reconciler.plan.Plan;
import dev.plumbline.runtime.Profiler;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the composition root supplies to the verbs. Nothing is made before a verb asks for it, so that short verbs start
 * light.
 */
public interface Providers {
    /**
     * Runs control plane and serving until the thread is interrupted, or with {@link UpOptions#once} until nothing is
     * left to do. An interruption is an orderly end, not an error.
     */
    ExitCode up(UpOptions options, Terminal terminal) throws CommandException, InterruptedException;

    /** Runs the data plane until the thread is interrupted. */
    ExitCode serve(ServeOptions options, Terminal terminal) throws CommandException, InterruptedException;

    /** Ends a data plane that was left running. */
    ExitCode stopServing(StopOptions options, Terminal terminal) throws CommandException, InterruptedException;

    /**
     * The ledger as the remote of a repository holds it now.
     *
     * @param repository a folder in a working clone, or a bare repository
     * @param environment whose ledger; empty: of the one without a name
     */
    LedgerView ledger(Path repository, Optional<String> environment, Terminal terminal)
            throws CommandException, InterruptedException;

    /**
     * A verdict in the ledger of a repository, or in its history.
     *
     * @param digits how its id begins
     */
    ArchivedVerdict verdict(Path repository, Optional<String> environment, String digits)
            throws CommandException, InterruptedException;

    /** Gives every record of the ledger of a repository to the reader, oldest first. */
    void records(Path repository, Optional<String> environment, RecordReader reader)
            throws CommandException, InterruptedException;

    /**
     * Checks every record of the ledger of a repository.
     *
     * @param allowedSigners whose keys are trusted; empty: signatures are not looked at
     */
    RecordVerification verified(Path repository, Optional<String> environment, Optional<Path> allowedSigners)
            throws CommandException, InterruptedException;

    /**
     * The rules with this digest: those of this program, or former ones from the artifacts of a state folder.
     *
     * @param state the folder; empty: the usual one of the repository that one stands in
     */
    PolicyEngine rules(Digest policy, Optional<Path> state, Optional<String> environment, Terminal terminal)
            throws CommandException;

    /**
     * Where a control plane of this machine keeps the output of runs.
     *
     * @param state its state folder; empty: the usual one of the repository that one stands in
     * @param environment whose usual one
     */
    Path outputs(Optional<Path> state, Optional<String> environment, Terminal terminal) throws CommandException;

    /** What moving from one state of a repository to another would change. */
    Plan plan(PlanOptions options, Terminal terminal) throws CommandException, InterruptedException;

    /**
     * Which of these specs ask for something else since a card was changed last, by the commits of a clone; none while a
     * change of the card waits to be committed.
     *
     * @param repository a folder in a working clone
     * @param card the card's path in it
     */
    List<SpecChange> changedSince(Path repository, String card, List<Resource> specs) throws CommandException;

    /** The rules of the admission gate, evaluated in this process. */
    PolicyEngine policy();

    /** What looks at a data file of unknown content. */
    Profiler profiler();
}
