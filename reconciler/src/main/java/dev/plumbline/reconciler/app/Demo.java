package dev.plumbline.reconciler.app;

import dev.plumbline.reconciler.cli.CommandException;
import dev.plumbline.reconciler.cli.ExitCode;
import dev.plumbline.reconciler.cli.Terminal;
import java.nio.file.Path;

/** Makes the demo that {@code up} follows when it is told nothing. */
final class Demo {
    private Demo() {}

    static void make(Path folder, Terminal terminal) throws CommandException {
        throw new CommandException(
                ExitCode.USAGE,
                folder.getFileName() + " does not exist in " + terminal.directory().getFileName(),
                "name the folder or URL of a repository to follow");
    }
}
