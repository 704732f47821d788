package dev.plumbline.reconciler.cli.option;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of the environments that share a repository is meant. */
public final class EnvironmentOption {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description =
                    "The environment that is meant, as 'plumb up' was told: its ledger is plumbline/ledger-NAME, and a"
                            + " server that is asked must be of it.")
    private @Nullable String name;

    /** The name; empty for the one that has none. */
    public Optional<String> name() throws CommandException {
        return checked(Optional.ofNullable(name));
    }

    /** The same name, if it is one that a branch of the ledger can carry. */
    public static Optional<String> checked(Optional<String> name) throws CommandException {
        if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
            throw new CommandException(
                    ExitCode.USAGE, "--environment takes lower-case letters, digits and hyphens, such as staging");
        }
        return name;
    }
}
