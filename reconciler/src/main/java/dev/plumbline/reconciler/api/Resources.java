package dev.plumbline.reconciler.api;

import dev.plumbline.reconciler.access.TokensFile;
import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.reconciler.report.ResourceReport;
import dev.plumbline.reconciler.report.StatusReport;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/v1/status} and {@code /api/v1/resources}: what is asked for, and what holds. */
final class Resources {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Operations operations;
    private final Optional<TokensFile> tokens;

    Resources(Operations operations, Optional<TokensFile> tokens) {
        this.operations = operations;
        this.tokens = tokens;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/status", this::status),
                Endpoint.get("/api/v1/revisions/{revision}", this::revision),
                Endpoint.get("/api/v1/resources", call -> all()),
                Endpoint.get("/api/v1/resources/{kind}", this::ofKind),
                Endpoint.get("/api/v1/resources/{kind}/{name}", this::one));
    }

    private Reply status(Call call) throws ApiError, InterruptedException {
        Duration wait = call.time("wait", LONGEST_WAIT);
        Operations.State state = wait.isZero()
                ? operations.state()
                : operations.awaitChange(call.number("after", 0, Integer.MAX_VALUE), wait);
        ObjectNode report = StatusReport.of(state);
        ArrayNode warnings = report.putArray("warnings");
        operations
                .warnings()
                .forEach(warning -> warnings.addObject()
                        .put("reason", warning.reason())
                        .put("message", warning.message())
                        .put("freezes", warning.freezes()));
        tokens.ifPresent(file -> {
            ObjectNode authentication = report.putObject("authentication").put("callers", file.callers());
            file.problem().ifPresent(text -> authentication.put("problem", text));
        });
        return Reply.json(report);
    }

    private Reply revision(Call call) throws ApiError {
        Revision later = revision(call.named("revision"));
        Revision earlier = revision(call.parameter("includes").orElse(later.id()));
        return Reply.json(
                Json.object().put("revision", later.id()).put("includes", operations.includes(later, earlier)));
    }

    private static Revision revision(String id) throws ApiError {
        return Revision.parse(id)
                .orElseThrow(() -> ApiError.badRequest("a revision is a commit's full id", "git rev-parse gives it"));
    }

    private Reply all() {
        ObjectNode json = Json.object();
        ArrayNode resources = json.putArray("resources");
        operations.state().resources().forEach(status -> resources.add(StatusReport.of(status)));
        return Reply.json(json);
    }

    private Reply ofKind(Call call) throws ApiError {
        Kind kind = kind(call.named("kind"));
        ObjectNode json = Json.object();
        ArrayNode resources = json.putArray("resources");
        operations.state().resources().stream()
                .filter(status -> status.id().kind() == kind)
                .forEach(status -> resources.add(StatusReport.of(status)));
        return Reply.json(json);
    }

    private Reply one(Call call) throws ApiError {
        ResourceId id = new ResourceId(kind(call.named("kind")), call.named("name"));
        return Reply.json(new ResourceReport(operations)
                .of(id)
                .orElseThrow(() -> new ApiError(
                        404,
                        "not-found",
                        "there is no " + id,
                        Optional.of("`plumb get " + id.kind().label().toLowerCase(Locale.ROOT)
                                + "` lists what there is"))));
    }

    /** The kind with this label, in any case. */
    static Kind kind(String label) throws ApiError {
        return Kind.named(label)
                .orElseThrow(() -> new ApiError(
                        404,
                        "not-found",
                        "there is no kind " + label,
                        Optional.of("kinds are "
                                + Arrays.stream(Kind.values()).map(Kind::label).collect(Collectors.joining(", ")))));
    }
}
