package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.option.ServerOptions;
import dev.plumbline.reconciler.cli.session.ApiClient;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.schemas.json.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code plumb logs}. */
@Command(
        name = "logs",
        description = "Print the output of a run's latest attempt.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  plumb logs 3f2a9c01 -f")
final class LogsVerb extends Verb {
    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final Set<String> GOES_ON = Set.of("queued", "running");

    @Parameters(paramLabel = "RUN", description = "Its id, or the first six digits or more ('plumb runs' lists them).")
    private String run = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the run has ended.")
    private boolean follow;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Read it from this state folder (without a server: the usual one).")
    private @Nullable Path state;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    LogsVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        if (state != null) {
            return kept();
        }
        try {
            return served(server.client(terminal()));
        } catch (CommandException unreachable) {
            if (unreachable.code() != ExitCode.UNREACHABLE) {
                throw unreachable;
            }
            if (server.named(terminal())) {
                throw unreachable.orElse("`--state DIR` reads it from the state folder of that control plane");
            }
            return kept();
        }
    }

    /** No control plane answers, so no run is under way either: what is on the disk is all. */
    private ExitCode kept() throws CommandException {
        String lines = new KeptOutput(
                        context().providers().outputs(Optional.ofNullable(state), server.environment(), terminal()))
                .of(run);
        note("read from the state folder of this machine");
        output.show(terminal(), document(lines), _ -> lines);
        return ExitCode.DONE;
    }

    private ObjectNode document(String lines) {
        ObjectNode document = Json.object().put("run", run);
        ArrayNode written = document.putArray("lines");
        lines.lines().forEach(written::add);
        return document;
    }

    private ExitCode served(ApiClient client) throws CommandException, InterruptedException {
        if (!output.table()) {
            return whole(client);
        }
        String offset = "0";
        while (true) {
            HttpResponse<String> part = part(client, offset);
            terminal().out().print(part.body());
            terminal().out().flush();
            String next = part.headers().firstValue("X-Plumbline-Offset").orElse(offset);
            boolean more = !part.body().isEmpty();
            boolean running = GOES_ON.contains(
                    part.headers().firstValue("X-Plumbline-Run-Status").orElse(""));
            if (!more && !(follow && running)) {
                return ExitCode.DONE;
            }
            if (!more) {
                Pause.of(AGAIN);
            }
            offset = next;
        }
    }

    /** All that there is now, as one document. */
    private ExitCode whole(ApiClient client) throws CommandException, InterruptedException {
        if (follow) {
            throw new CommandException(ExitCode.USAGE, "-f goes on as text: leave out -o");
        }
        StringBuilder lines = new StringBuilder();
        HttpResponse<String> part = part(client, "0");
        while (!part.body().isEmpty()) {
            lines.append(part.body());
            part = part(client, part.headers().firstValue("X-Plumbline-Offset").orElse("0"));
        }
        ObjectNode document = document(lines.toString());
        part.headers().firstValue("X-Plumbline-Run-Status").ifPresent(status -> document.put("status", status));
        output.show(terminal(), document, _ -> lines.toString());
        return ExitCode.DONE;
    }

    private HttpResponse<String> part(ApiClient client, String offset) throws CommandException, InterruptedException {
        return client.text("/api/v1/runs/" + ApiClient.part(run) + "/output?offset=" + offset);
    }
}
