package dev.plumbline.reconciler.cli.option;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.session.Terminal;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose ledger is read, by verbs that ask no server. */
public final class RepositoryOption {
    @Option(
            names = "--repo",
            paramLabel = "DIR",
            description = "The repository whose ledger has it (default: the one that one stands in).")
    private @Nullable Path repository;

    @Mixin
    private final EnvironmentOption environment = new EnvironmentOption();

    /** Whose ledger of that repository; empty: of the one without a name. */
    public Optional<String> environment() throws CommandException {
        return environment.name();
    }

    /** The named folder, or the repository that one stands in. */
    public Path folder(Terminal terminal) throws CommandException {
        if (repository != null) {
            return terminal.resolve(repository);
        }
        return LedgerOptions.standingIn(terminal.directory())
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE, "there is no repository here", "go into one, or name it with --repo"));
    }
}
