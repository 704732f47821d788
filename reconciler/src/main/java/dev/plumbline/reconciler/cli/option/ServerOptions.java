package dev.plumbline.reconciler.cli.option;

import dev.plumbline.reconciler.cli.session.ApiClient;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.session.Terminal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say which control plane is asked, and as whom. */
public final class ServerOptions {
    private static final String STANDARD = "http://127.0.0.1:8080";

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The control plane (default: PLUMBLINE_SERVER, else " + STANDARD + ").")
    private @Nullable String server;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the token to show (else PLUMBLINE_TOKEN).")
    private @Nullable Path tokenFile;

    /** A client of the server that was named, or of the standard one. */
    public ApiClient client(Terminal terminal) throws CommandException {
        return new ApiClient(address(terminal), token(terminal));
    }

    /** Whether the person named a server, rather than leaving it to the standard one. */
    public boolean named(Terminal terminal) {
        return server != null || terminal.variable("PLUMBLINE_SERVER").isPresent();
    }

    private URI address(Terminal terminal) throws CommandException {
        String text =
                server != null ? server : terminal.variable("PLUMBLINE_SERVER").orElse(STANDARD);
        try {
            URI address = URI.create(text);
            if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException notAnAddress) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "'" + text + "' is not a URL",
                    Optional.of("write it as " + STANDARD),
                    notAnAddress);
        }
        throw new CommandException(ExitCode.USAGE, "'" + text + "' is not a server", "write it as " + STANDARD);
    }

    private Optional<String> token(Terminal terminal) throws CommandException {
        if (tokenFile == null) {
            return terminal.variable("PLUMBLINE_TOKEN");
        }
        try {
            return Optional.of(Files.readString(terminal.resolve(tokenFile)).strip());
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.USAGE, "the token file " + tokenFile + " cannot be read", Optional.empty(), e);
        }
    }
}
