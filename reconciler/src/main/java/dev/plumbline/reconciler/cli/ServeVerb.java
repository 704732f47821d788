package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.BindOption;
import dev.plumbline.reconciler.cli.option.Ports;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.session.ServeOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumb serve}. */
@Command(
        name = "serve",
        description = "Run the data plane alone, from the last routing table in its state.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  plumb serve --state /var/lib/plumbline --port 8081")
final class ServeVerb extends Verb {
    @Option(names = "--state", required = true, paramLabel = "DIR", description = "The state folder of the endpoints.")
    private @Nullable Path state;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Of predictions; 0 lets the system choose (default: ${DEFAULT-VALUE}).")
    private int port = 8081;

    @Mixin
    private final BindOption bind = new BindOption();

    ServeVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        Ports.check("--port", port);
        Path folder = terminal().resolve(state == null ? Path.of("") : state);
        return context().providers().serve(new ServeOptions(folder, port, bind.loopback()), terminal());
    }
}
