package dev.plumbline.reconciler.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plumb}, the command that holds all verbs. */
@Command(
        name = "plumb",
        synopsisSubcommandLabel = "VERB",
        description = "Keeps live machine-learning models true to Git.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {
            "  plumb up                                        # the demo: control plane and serving",
            "  plumb init mine --data my.csv --label outcome   # a repository for your own data"
        })
final class PlumbCommand implements Runnable {
    @Mixin
    final CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which verb? 'plumb --help' lists them.");
    }
}
