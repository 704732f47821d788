package dev.plumbline.reconciler.app;

import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.policy.opa.EmbeddedOpa;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.session.PlanOptions;
import dev.plumbline.reconciler.cli.session.Providers;
import dev.plumbline.reconciler.cli.session.ServeOptions;
import dev.plumbline.reconciler.cli.session.SpecChange;
import dev.plumbline.reconciler.cli.session.StopOptions;
import dev.plumbline.reconciler.cli.session.Terminal;
import dev.plumbline.reconciler.cli.session.UpOptions;
import dev.plumbline.reconciler.ledger.ArchivedVerdict;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.audit.RecordReader;
import dev.plumbline.reconciler.ledger.audit.RecordVerification;
import dev.plumbline.reconciler.ledger.git.LedgerReader;
import dev.plumbline.reconciler.ledger.git.LedgerSettings;
import dev.plumbline.reconciler.ledger.state.LedgerState;
import dev.plumbline.reconciler.plan.Plan;
import dev.plumbline.reconciler.signing.CommitSigning;
import dev.plumbline.reconciler.signing.SigningException;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.git.WorkingTree;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.runtime.Profiler;
import dev.plumbline.runtime.artifact.FileArtifactStore;
import dev.plumbline.runtime.data.DataProfiler;
import dev.plumbline.runtime.serving.LocalEndpoints;
import dev.plumbline.runtime.serving.ServeProcess;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Names the provider of everything that a verb may ask for. */
final class Composition implements Providers {
    @Override
    public ExitCode up(UpOptions options, Terminal terminal) throws CommandException, InterruptedException {
        if (!options.verbose()) {
            // The steps are told in words on the same screen; the log adds to them only what is wrong.
            System.setProperty("plumbline.log", "WARN");
        }
        return new Up(options, terminal).run();
    }

    @Override
    public ExitCode serve(ServeOptions options, Terminal terminal) throws CommandException, InterruptedException {
        try {
            ServeProcess.run(
                    ServeProcess.Settings.of(terminal.resolve(options.state()), options.bind(), options.port()),
                    Clock.systemUTC());
            return ExitCode.DONE;
        } catch (IOException failure) {
            throw unreachable(failure);
        }
    }

    @Override
    public ExitCode stopServing(StopOptions options, Terminal terminal) throws CommandException, InterruptedException {
        Path state =
                options.state().isPresent() ? terminal.resolve(options.state().get()) : usualState(options, terminal);
        try {
            StateFolder.unused(state, "would start the data plane again at once");
            if (LocalEndpoints.stopServing(state)) {
                terminal.err().println("serving has stopped");
            } else {
                terminal.err().println("nothing was serving");
            }
            return ExitCode.DONE;
        } catch (IOException failure) {
            throw unreachable(failure);
        }
    }

    private static Path usualState(StopOptions options, Terminal terminal) throws CommandException {
        Followed followed = Followed.existing(options.target(), "main", terminal);
        return StateFolder.usual(terminal, followed.remote(), options.environment());
    }

    @Override
    public Path outputs(Optional<Path> state, Optional<String> environment, Terminal terminal) throws CommandException {
        return stateFolder(state, environment, terminal)
                .map(StateFolder::runsIn)
                .orElseThrow(() -> new CommandException(
                        ExitCode.UNREACHABLE,
                        "no server answers, and there is no repository here whose state folder could be looked at",
                        "go into the repository, or name the folder with --state"));
    }

    /** The named state folder, or the usual one of the repository that one stands in; empty when one stands in none. */
    private static Optional<Path> stateFolder(Optional<Path> state, Optional<String> environment, Terminal terminal)
            throws CommandException {
        return state.isPresent()
                ? state.map(terminal::resolve)
                : Followed.here(terminal).map(remote -> StateFolder.usual(terminal, remote, environment));
    }

    @Override
    public LedgerView ledger(Path repository, Optional<String> environment, Terminal terminal)
            throws CommandException, InterruptedException {
        return recorded(repository, environment).orElseThrow(() -> noLedger(environment));
    }

    private static CommandException noLedger(Optional<String> environment) {
        return new CommandException(
                ExitCode.NO,
                "the repository has no ledger "
                        + environment
                                .map(name -> "of the environment " + name + " ")
                                .orElse("") + "yet",
                environment
                        .map(name -> "`plumb up --environment " + name + "` writes it")
                        .orElse("`plumb up` writes it; that of an environment is read with --environment NAME"));
    }

    private static Optional<LedgerView> recorded(Path repository, Optional<String> environment)
            throws CommandException, InterruptedException {
        try {
            return reader(environment).readFolder(repository);
        } catch (Ledger.LedgerException failure) {
            throw new CommandException(ExitCode.UNREACHABLE, failure.getMessage());
        }
    }

    @Override
    public ArchivedVerdict verdict(Path repository, Optional<String> environment, String digits)
            throws CommandException, InterruptedException {
        try {
            return reader(environment)
                    .verdict(repository, digits)
                    .orElseThrow(() -> new CommandException(ExitCode.NO, "the ledger has no verdict " + digits));
        } catch (Ledger.LedgerException failure) {
            throw new CommandException(ExitCode.UNREACHABLE, failure.getMessage());
        }
    }

    @Override
    public void records(Path repository, Optional<String> environment, RecordReader reader)
            throws CommandException, InterruptedException {
        try {
            if (!reader(environment).records(repository, reader)) {
                throw noLedger(environment);
            }
        } catch (Ledger.LedgerException failure) {
            throw new CommandException(ExitCode.UNREACHABLE, failure.getMessage());
        }
    }

    @Override
    public RecordVerification verified(Path repository, Optional<String> environment, Optional<Path> allowedSigners)
            throws CommandException, InterruptedException {
        try {
            CommitSigning trust =
                    allowedSigners.isPresent() ? CommitSigning.trusting(allowedSigners.get()) : CommitSigning.none();
            return reader(environment).verified(repository, trust).orElseThrow(() -> noLedger(environment));
        } catch (SigningException unusable) {
            throw new CommandException(
                    ExitCode.USAGE, String.valueOf(unusable.getMessage()), Optional.empty(), unusable);
        } catch (Ledger.LedgerException failure) {
            throw new CommandException(ExitCode.UNREACHABLE, failure.getMessage());
        }
    }

    private static LedgerReader reader(Optional<String> environment) {
        return new LedgerReader(
                environment.map(LedgerSettings::branchOf).orElse(LedgerSettings.BRANCH), GitCredentials.none());
    }

    @Override
    public PolicyEngine rules(Digest policy, Optional<Path> state, Optional<String> environment, Terminal terminal)
            throws CommandException {
        PolicyEngine shipped = policy();
        if (shipped.policy().equals(policy)) {
            return shipped;
        }
        Optional<Path> folder = stateFolder(state, environment, terminal);
        try {
            Optional<Path> wasm = folder.isPresent()
                    ? new FileArtifactStore(StateFolder.artifactsIn(folder.get())).find(policy)
                    : Optional.empty();
            if (wasm.isEmpty()) {
                throw new CommandException(
                        ExitCode.UNREACHABLE,
                        "the rules " + policy + " by which the verdict was given are not those of this program",
                        "name a state folder whose artifacts hold them with --state");
            }
            return EmbeddedOpa.former(Files.readAllBytes(wasm.get()), Executors.newVirtualThreadPerTaskExecutor());
        } catch (IOException failure) {
            throw unreachable(failure);
        }
    }

    @Override
    public Plan plan(PlanOptions options, Terminal terminal) throws CommandException, InterruptedException {
        LedgerView ledger =
                recorded(options.repository(), options.environment()).orElseGet(LedgerState::empty);
        return new LocalPlan(options, policy(), ledger, Clock.systemUTC(), terminal.err()::println).plan();
    }

    @Override
    public List<SpecChange> changedSince(Path repository, String card, List<Resource> specs) throws CommandException {
        try (WorkingTree source = WorkingTree.around(repository, "")) {
            return new CardAge(source).changedSince(card, specs);
        } catch (Source.SourceException failure) {
            throw new CommandException(
                    ExitCode.USAGE, failure.getMessage(), Optional.of("stand in a clone of the repository"), failure);
        } catch (IOException failure) {
            throw unreachable(failure);
        }
    }

    @Override
    public PolicyEngine policy() {
        return EmbeddedOpa.shipped(Executors.newVirtualThreadPerTaskExecutor());
    }

    @Override
    public Profiler profiler() {
        return new DataProfiler();
    }

    private static CommandException unreachable(IOException failure) {
        return new CommandException(
                ExitCode.UNREACHABLE, String.valueOf(failure.getMessage()), Optional.empty(), failure);
    }
}
