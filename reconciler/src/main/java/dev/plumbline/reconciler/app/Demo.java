package dev.plumbline.reconciler.app;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.session.Terminal;
import dev.plumbline.reconciler.scaffold.Author;
import dev.plumbline.reconciler.scaffold.RepositoryScaffold;
import dev.plumbline.reconciler.scaffold.ScaffoldException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** Makes the repository that {@code up} follows when it is told of none. */
final class Demo {
    private Demo() {}

    /** Makes the working clone; its origin is made by whoever follows it. */
    static void make(Path folder, Terminal terminal) throws CommandException {
        Path bare = folder.resolveSibling(folder.getFileName() + ".git");
        if (Files.exists(bare)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    bare.getFileName() + " is in the way of the demo, and its clone " + folder.getFileName()
                            + " is gone",
                    "`git clone " + bare.getFileName() + " " + folder.getFileName()
                            + "` brings it back; remove it to start anew");
        }
        Author author = Author.at(terminal.directory(), terminal.environment());
        try {
            RepositoryScaffold.Made made = new RepositoryScaffold(author, Clock.systemUTC()).example(folder, false);
            terminal.err()
                    .println("made the demo in ./" + folder.getFileName() + " ("
                            + made.written().size() + " files, made-up customers)");
        } catch (ScaffoldException failure) {
            throw new CommandException(ExitCode.USAGE, failure.getMessage(), failure.hint(), failure);
        }
    }
}
