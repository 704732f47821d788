package dev.plumbline.reconciler.app;

import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.policy.opa.EmbeddedOpa;
import dev.plumbline.reconciler.cli.CommandException;
import dev.plumbline.reconciler.cli.ExitCode;
import dev.plumbline.reconciler.cli.Providers;
import dev.plumbline.reconciler.cli.ServeOptions;
import dev.plumbline.reconciler.cli.StopOptions;
import dev.plumbline.reconciler.cli.Terminal;
import dev.plumbline.reconciler.cli.UpOptions;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.runtime.Profiler;
import dev.plumbline.runtime.data.DataProfiler;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/** Names the provider of everything that a verb may ask for. */
final class Composition implements Providers {
    @Override
    public ExitCode up(UpOptions options, Terminal terminal) throws CommandException {
        throw new CommandException(ExitCode.USAGE, "this build has no control plane");
    }

    @Override
    public ExitCode serve(ServeOptions options, Terminal terminal) throws CommandException {
        throw new CommandException(ExitCode.USAGE, "this build has no data plane");
    }

    @Override
    public ExitCode stopServing(StopOptions options, Terminal terminal) throws CommandException {
        throw new CommandException(ExitCode.USAGE, "this build has no data plane");
    }

    @Override
    public LedgerView ledger(Path repository, Terminal terminal) throws CommandException {
        throw new CommandException(ExitCode.USAGE, "this build reads no ledger without a server");
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
