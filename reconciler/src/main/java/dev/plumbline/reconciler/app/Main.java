package dev.plumbline.reconciler.app;

import dev.plumbline.reconciler.cli.Command;
import dev.plumbline.reconciler.cli.ProcessCommand;
import dev.plumbline.reconciler.cli.session.Terminal;
import java.time.Clock;

/** Where the process begins. */
public final class Main {
    private Main() {}

    /** Runs the command that the arguments name, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Command command = new Command(Terminal.ofProcess(), new Composition(), Clock.systemUTC());
        ProcessCommand.run(() -> command.run(arguments));
    }
}
