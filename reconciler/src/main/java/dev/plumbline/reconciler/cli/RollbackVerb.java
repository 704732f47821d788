package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.ChangeOptions;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb rollback}. */
@Command(
        name = "rollback",
        description = "Write the commit that returns to a version which served before, and print its id.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  plumb rollback churn --reason 'refuses good customers'")
final class RollbackVerb extends Verb {
    @Parameters(paramLabel = "SERVING", description = "Name of the Serving.")
    private String serving = "";

    @Option(names = "--to", paramLabel = "vN", description = "The version (default: the one that served before).")
    private @Nullable String to;

    @Mixin
    private final ChangeOptions change = new ChangeOptions();

    RollbackVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        return change.write(terminal(), "rollback", serving, Optional.ofNullable(to));
    }
}
