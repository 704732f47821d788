package dev.plumbline.reconciler.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String bind = "127.0.0.1";

    ServeVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        Ports.check("--port", port);
        Ports.requireLoopback(bind);
        Path folder = terminal().resolve(state == null ? Path.of("") : state);
        return context().providers().serve(new ServeOptions(folder, port, bind), terminal());
    }
}
