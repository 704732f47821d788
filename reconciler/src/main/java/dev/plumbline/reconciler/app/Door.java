package dev.plumbline.reconciler.app;

import dev.plumbline.reconciler.access.Addresses;
import dev.plumbline.reconciler.access.TokensException;
import dev.plumbline.reconciler.access.TokensFile;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Whom the control port lets in, made sure of before anything is started or made.
 *
 * @param tokens empty when only this machine reaches the port, and everybody on it may ask
 */
record Door(Optional<TokensFile> tokens) {
    /**
     * Reads the tokens that are configured.
     *
     * @throws CommandException when they cannot be used, or when the address lies beyond loopback and there are none
     */
    static Door open(Configuration configuration, String bind) throws CommandException {
        Door door = new Door(
                configuration.tokens().isPresent()
                        ? Optional.of(read(configuration.tokens().get()))
                        : Optional.empty());
        if (door.tokens().isEmpty() && !loopback(bind)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--bind " + bind + " would answer everybody who reaches this machine,"
                            + " and no authentication is configured",
                    "set auth.tokensFile in the configuration first, or leave --bind at 127.0.0.1");
        }
        return door;
    }

    private static TokensFile read(Path file) throws CommandException {
        try {
            return TokensFile.open(file, Clock.systemUTC());
        } catch (TokensException unusable) {
            throw new CommandException(
                    ExitCode.USAGE,
                    String.valueOf(unusable.getMessage()),
                    Optional.of("auth.tokensFile of the configuration names it; docs/security.md says what it holds"),
                    unusable);
        }
    }

    private static boolean loopback(String bind) throws CommandException {
        try {
            return Addresses.loopback(bind);
        } catch (UnknownHostException unknown) {
            throw new CommandException(
                    ExitCode.USAGE, "--bind " + bind + " is not an address of this machine", Optional.empty(), unknown);
        }
    }
}
