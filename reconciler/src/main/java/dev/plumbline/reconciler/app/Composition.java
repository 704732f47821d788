package dev.plumbline.reconciler.app;

import dev.plumbline.reconciler.cli.CommandException;
import dev.plumbline.reconciler.cli.ExitCode;
import dev.plumbline.reconciler.cli.Providers;
import dev.plumbline.reconciler.cli.ServeOptions;
import dev.plumbline.reconciler.cli.Terminal;
import dev.plumbline.reconciler.cli.UpOptions;

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
}
