package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.EnvironmentOption;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.session.StopOptions;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb stop}. */
@Command(
        name = "stop",
        description = "End the data plane that 'plumb up --keep-serving' left running.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  plumb stop --serving mine")
final class StopVerb extends Verb {
    @Parameters(arity = "0..1", paramLabel = "DIR|URL", description = "What 'plumb up' was given.")
    private @Nullable String target;

    @Option(names = "--serving", required = true, description = "End the data plane.")
    private boolean serving;

    @Option(names = "--state", paramLabel = "DIR", description = "The state folder, if it was named.")
    private @Nullable Path state;

    @Mixin
    private final EnvironmentOption environment = new EnvironmentOption();

    StopVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        if (!serving) {
            throw new CommandException(ExitCode.USAGE, "stop what?", "plumb stop --serving");
        }
        return context()
                .providers()
                .stopServing(
                        new StopOptions(
                                Optional.ofNullable(target),
                                Optional.ofNullable(state).map(terminal()::resolve),
                                environment.name()),
                        terminal());
    }
}
