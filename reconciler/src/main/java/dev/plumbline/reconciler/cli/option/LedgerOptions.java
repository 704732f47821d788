package dev.plumbline.reconciler.cli.option;

import dev.plumbline.reconciler.cli.session.ApiClient;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.session.Terminal;
import dev.plumbline.reconciler.ledger.LedgerView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Where verbs that read the ledger read it: from a server that answers, else from the repository itself. */
public final class LedgerOptions {
    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(
            names = "--repo",
            paramLabel = "DIR",
            description = "Read the ledger of this repository, without a server"
                    + " (default without a server: the one that one stands in).")
    private @Nullable Path repository;

    /** A client of the server, for what no ledger can answer. */
    public ApiClient client(Terminal terminal) throws CommandException {
        return server.client(terminal);
    }

    /** The server's answer at the path, or what the function makes of the ledger. */
    public JsonNode answer(Context context, String path, Function<LedgerView, Optional<JsonNode>> local)
            throws CommandException, InterruptedException {
        Terminal terminal = context.terminal();
        if (repository != null) {
            return read(context, terminal.resolve(repository), local);
        }
        ApiClient client = server.client(terminal);
        try {
            return client.get(path);
        } catch (CommandException unreachable) {
            if (!unreachable.unanswered()) {
                throw unreachable;
            }
            Optional<Path> here = standingIn(terminal.directory());
            if (here.isEmpty() || server.named(terminal)) {
                throw unreachable.orElse("`--repo " + here.map(_ -> ".").orElse("DIR") + "` reads the ledger of "
                        + here.map(_ -> "this").orElse("a") + " repository without one");
            }
            return read(context, here.get(), local);
        }
    }

    private JsonNode read(Context context, Path folder, Function<LedgerView, Optional<JsonNode>> local)
            throws CommandException, InterruptedException {
        LedgerView ledger = context.providers().ledger(folder, server.environment(), context.terminal());
        return local.apply(ledger)
                .orElseThrow(() -> new CommandException(ExitCode.NO, "the ledger holds nothing of that name"));
    }

    /** The repository above this folder: a working clone, or a bare one. */
    public static Optional<Path> standingIn(Path folder) {
        for (Path each = folder; each != null; each = each.getParent()) {
            if (Files.exists(each.resolve(".git"))
                    || (Files.isRegularFile(each.resolve("HEAD")) && Files.isDirectory(each.resolve("objects")))) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
