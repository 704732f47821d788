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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that say which control plane is asked, and as whom. */
public final class ServerOptions {
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,512}");
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

    @Mixin
    private final EnvironmentOption environment = new EnvironmentOption();

    /** A client of the server that was named, or of the standard one, which refuses what another environment is asked. */
    public ApiClient client(Terminal terminal) throws CommandException {
        return new ApiClient(address(terminal), token(terminal), environment());
    }

    /** The environment that is meant; empty for whichever the server is of, and for the ledger without a name. */
    public Optional<String> environment() throws CommandException {
        return environment.name();
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
                    && address.getHost() != null
                    && address.getRawUserInfo() == null) {
                return address;
            }
        } catch (IllegalArgumentException notAnAddress) {
            throw noServer(text);
        }
        throw noServer(text);
    }

    /** What stands before an @ may be a password, so it is not repeated. */
    private static CommandException noServer(String text) {
        return text.contains("@")
                ? new CommandException(
                        ExitCode.USAGE,
                        "the URL of a server holds no name and no password",
                        "write it as " + STANDARD + ", and give a token with --token-file or PLUMBLINE_TOKEN")
                : new CommandException(ExitCode.USAGE, "'" + text + "' is not a server", "write it as " + STANDARD);
    }

    private Optional<String> token(Terminal terminal) throws CommandException {
        Optional<String> token =
                tokenFile == null ? terminal.variable("PLUMBLINE_TOKEN") : Optional.of(read(terminal, tokenFile));
        if (token.isPresent() && !TOKEN.matcher(token.get()).matches()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "what " + (tokenFile == null ? "PLUMBLINE_TOKEN" : "the file of --token-file")
                            + " holds is not a token",
                    "it is one line of visible ASCII characters");
        }
        return token;
    }

    private static String read(Terminal terminal, Path file) throws CommandException {
        try {
            return Files.readString(terminal.resolve(file)).strip();
        } catch (IOException e) {
            // Its name is not repeated: it may be the token itself.
            throw new CommandException(
                    ExitCode.USAGE,
                    "the file that --token-file names cannot be read",
                    "it takes the path of a file, not a token");
        }
    }
}
