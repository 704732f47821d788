package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.session.Terminal;
import dev.plumbline.reconciler.cli.text.Style;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** One verb of the command: its options are fields that picocli fills, and it runs once. */
abstract class Verb implements Callable<Integer> {
    @Mixin
    final CommonOptions common = new CommonOptions();

    private final Context context;

    Verb(Context context) {
        this.context = context;
    }

    @Override
    public final Integer call() throws CommandException, InterruptedException {
        return run().code();
    }

    abstract ExitCode run() throws CommandException, InterruptedException;

    final Context context() {
        return context;
    }

    final Terminal terminal() {
        return context.terminal();
    }

    /** Says something about the work, to people only. */
    final void note(String text) {
        if (!common.quiet) {
            terminal().err().println(text);
        }
    }

    /** Says more about the work, to those who asked. */
    final void detail(String text) {
        if (common.verbose) {
            terminal().err().println(text);
        }
    }

    final Style style() {
        return Style.of(terminal(), common.noColor);
    }
}
