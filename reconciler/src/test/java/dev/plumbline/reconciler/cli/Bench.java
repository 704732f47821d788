package dev.plumbline.reconciler.cli;

import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.policy.opa.EmbeddedOpa;
import dev.plumbline.reconciler.api.Sample;
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
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.audit.RecordReader;
import dev.plumbline.reconciler.ledger.audit.RecordVerification;
import dev.plumbline.reconciler.ledger.git.LedgerReader;
import dev.plumbline.reconciler.ledger.git.LedgerSettings;
import dev.plumbline.reconciler.plan.Action;
import dev.plumbline.reconciler.plan.Plan;
import dev.plumbline.reconciler.signing.CommitSigning;
import dev.plumbline.reconciler.signing.SigningException;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.runtime.Profiler;
import dev.plumbline.runtime.data.DataProfiler;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Resource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Runs the command as a person would, and keeps what it says. */
final class Bench implements Providers {
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private final List<UpOptions> started = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private String input = "";
    private List<SpecChange> changes = List.of();

    Bench(Path directory) {
        this.directory = directory;
        environment.put("PLUMBLINE_SERVER", "http://127.0.0.1:9");
        environment.put("HOME", directory.toString());
        environment.put("USER", "ann");
    }

    /** What a run came to. */
    record Said(ExitCode code, String out, String err) {}

    Bench with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Bench without(String variable) {
        environment.remove(variable);
        return this;
    }

    Bench typing(String text) {
        input = text;
        return this;
    }

    /** What changed since each card was changed last. */
    Bench changed(SpecChange... since) {
        changes = List.of(since);
        return this;
    }

    /** Whose ledger or output was read, without a server. */
    List<String> asked() {
        return asked;
    }

    List<UpOptions> started() {
        return started;
    }

    Said run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ExitCode code = new Command(terminal(out, err), this, Clock.systemUTC()).run(arguments);
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Where it is run, with nobody who reads. */
    Terminal terminal() {
        return terminal(new ByteArrayOutputStream(), new ByteArrayOutputStream());
    }

    private Terminal terminal(ByteArrayOutputStream out, ByteArrayOutputStream err) {
        return new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                directory,
                environment,
                false);
    }

    @Override
    public ExitCode up(UpOptions options, Terminal terminal) {
        started.add(options);
        return ExitCode.DONE;
    }

    @Override
    public ExitCode serve(ServeOptions options, Terminal terminal) {
        return ExitCode.DONE;
    }

    @Override
    public ExitCode stopServing(StopOptions options, Terminal terminal) {
        throw new IllegalStateException("a mistake of ours");
    }

    @Override
    public LedgerView ledger(Path repository, Optional<String> name, Terminal terminal) {
        asked.add(name.orElse("none"));
        return Sample.usual().ledger();
    }

    @Override
    public Path outputs(Optional<Path> state, Optional<String> name, Terminal terminal) {
        asked.add(name.orElse("none"));
        return directory.resolve("runs");
    }

    @Override
    public ArchivedVerdict verdict(Path repository, Optional<String> name, String digits) throws CommandException {
        asked.add(name.orElse("none"));
        throw new CommandException(ExitCode.NO, "the ledger has no verdict " + digits);
    }

    @Override
    public void records(Path repository, Optional<String> name, RecordReader reader)
            throws CommandException, InterruptedException {
        try {
            reader(name).records(repository, reader);
        } catch (LedgerException failure) {
            throw new CommandException(ExitCode.UNREACHABLE, failure.getMessage());
        }
    }

    @Override
    public RecordVerification verified(Path repository, Optional<String> name, Optional<Path> allowedSigners)
            throws CommandException, InterruptedException {
        try {
            CommitSigning trust =
                    allowedSigners.isPresent() ? CommitSigning.trusting(allowedSigners.get()) : CommitSigning.none();
            return reader(name).verified(repository, trust).orElseThrow();
        } catch (LedgerException | SigningException failure) {
            throw new CommandException(ExitCode.UNREACHABLE, String.valueOf(failure.getMessage()));
        }
    }

    private static LedgerReader reader(Optional<String> environment) {
        return new LedgerReader(
                environment.map(LedgerSettings::branchOf).orElse(LedgerSettings.BRANCH), GitCredentials.none());
    }

    @Override
    public PolicyEngine rules(Digest policy, Optional<Path> state, Optional<String> name, Terminal terminal) {
        return policy();
    }

    @Override
    public Plan plan(PlanOptions options, Terminal terminal) {
        return new Plan(
                "live", "working tree", List.of(new Action.Remove(Sample.SERVING, "no spec asks for it any more")));
    }

    @Override
    public List<SpecChange> changedSince(Path repository, String card, List<Resource> specs) {
        return changes;
    }

    @Override
    public PolicyEngine policy() {
        return EmbeddedOpa.shipped(Executors.newVirtualThreadPerTaskExecutor());
    }

    @Override
    public Profiler profiler() {
        return new DataProfiler();
    }
}
