package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.ChangeOptions;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb promote}. */
@Command(
        name = "promote",
        description = "Write the commit that names a version, and print its id.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  plumb promote churn --to v3")
final class PromoteVerb extends Verb {
    @Parameters(paramLabel = "SERVING", description = "Name of the Serving.")
    private String serving = "";

    @Option(names = "--to", required = true, paramLabel = "vN", description = "The version.")
    private String to = "";

    @Mixin
    private final ChangeOptions change = new ChangeOptions();

    PromoteVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        return change.write(terminal(), "promote", serving, Optional.of(to));
    }
}
