package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.option.ResourceNames;
import dev.plumbline.reconciler.cli.option.ServerOptions;
import dev.plumbline.reconciler.cli.session.ApiClient;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.Fields;
import dev.plumbline.reconciler.cli.text.StatusText;
import dev.plumbline.reconciler.scaffold.Person;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code plumb reconcile}. */
@Command(
        name = "reconcile",
        description =
                "Look again now at one resource, or at all of them; also at what is stalled, failed too often or was"
                        + " cancelled.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  plumb reconcile training/churn --wait")
final class ReconcileVerb extends Verb {
    private static final Duration SETTLING = Duration.ofSeconds(2);

    @Parameters(arity = "0..1", paramLabel = "KIND/NAME", description = "Only this resource.")
    private @Nullable String resource;

    @Option(
            names = "--wait",
            description = "Until nothing moves any longer: 0 when the repository was read and all is ready, else 1.")
    private boolean wait;

    @Option(names = "--timeout", paramLabel = "TIME", description = "Give up waiting after this time (default: 10m).")
    private Duration timeout = Duration.ofMinutes(10);

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    ReconcileVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        Optional<ResourceId> only = resource == null ? Optional.empty() : Optional.of(ResourceNames.resource(resource));
        ApiClient client = server.client(terminal());
        ObjectNode body = Json.object();
        only.ifPresent(id -> body.put("resource", id.toString()));
        body.put("requestedBy", Person.at(terminal().directory(), terminal().environment()));
        String generation = Fields.text(client.post("/api/v1/reconcile", body), "generation");
        if (!wait) {
            note(only.map(ResourceId::toString).orElse("every resource") + " is looked at again");
            return ExitCode.DONE;
        }
        JsonNode status = settle(client, only, generation);
        List<JsonNode> settled = resources(status, only);
        String unread = Fields.text(status, "sourceProblem");
        if (!unread.isEmpty()) {
            note("the repository was not read, so that this is what was admitted before: " + unread);
        }
        boolean ready = unread.isEmpty() && settled.stream().allMatch(each -> Fields.flag(each, "ready"));
        ObjectNode answer = Json.object();
        answer.set("resources", Json.array().addAll(settled));
        output.show(terminal(), answer, document -> StatusText.resources(settled, style()));
        return ready ? ExitCode.DONE : ExitCode.NO;
    }

    /** The status in which nothing of what was asked for moves any longer. */
    private JsonNode settle(ApiClient client, Optional<ResourceId> only, String generation)
            throws CommandException, InterruptedException {
        Instant end = context().clock().instant().plus(timeout);
        // The look that was asked for shows as a change within moments, or there was nothing to do.
        JsonNode status = client.get("/api/v1/status?after=" + generation + "&wait=" + SETTLING.toMillis() + "ms");
        while (context().clock().instant().isBefore(end)) {
            if (resources(status, only).stream().noneMatch(ReconcileVerb::moves)) {
                return status;
            }
            status = client.get("/api/v1/status?wait=10s&after=" + Fields.text(status, "generation"));
        }
        throw new CommandException(ExitCode.TIMEOUT, "something still moves; 'plumb status' tells what");
    }

    private static List<JsonNode> resources(JsonNode status, Optional<ResourceId> only) throws CommandException {
        return only.isPresent() ? List.of(StatusVerb.find(status, only.get())) : Fields.list(status, "resources");
    }

    private static boolean moves(JsonNode resource) {
        return Fields.list(resource, "conditions").stream().anyMatch(ReconcileVerb::unsettled);
    }

    /** What is not known yet was not looked at yet. */
    private static boolean unsettled(JsonNode condition) {
        return switch (Fields.text(condition, "status")) {
            case "Unknown" -> true;
            case "True" -> Fields.text(condition, "type").equals("Reconciling");
            default -> false;
        };
    }
}
