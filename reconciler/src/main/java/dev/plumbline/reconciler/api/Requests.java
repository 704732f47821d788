package dev.plumbline.reconciler.api;

import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.VersionName;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What people ask to be written or put in force: a promotion, a rollback, a history; and what the loop would do. */
final class Requests {
    private final Operations operations;

    Requests(Operations operations) {
        this.operations = operations;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/plans", call -> plans()),
                Endpoint.post("/api/v1/accept-history", this::acceptHistory),
                Endpoint.post("/api/v1/servings/{name}/promote", call -> change(call, false)),
                Endpoint.post("/api/v1/servings/{name}/rollback", call -> change(call, true)));
    }

    private Reply plans() throws ApiError, InterruptedException {
        ObjectNode json = Json.object();
        try {
            json.putArray("plans").add(operations.plan().json());
            return Reply.json(json);
        } catch (Operations.Refused refused) {
            throw error(refused);
        }
    }

    private Reply acceptHistory(Call call) throws ApiError, InterruptedException {
        JsonNode body = call.json();
        Revision revision = Call.text(body, "revision")
                .flatMap(Revision::parse)
                .orElseThrow(() -> ApiError.badRequest("which revision?", "give its full id as \"revision\""));
        String reason = Call.text(body, "reason")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> ApiError.badRequest("why?", "give the reason as \"reason\""));
        try {
            operations.acceptHistory(revision, call.actor(body), reason);
            return Reply.json(Json.object().put("revision", revision.id()));
        } catch (Operations.Refused refused) {
            throw error(refused);
        }
    }

    private Reply change(Call call, boolean rollback) throws ApiError, InterruptedException {
        String serving = call.named("name");
        JsonNode body = call.json();
        Optional<VersionName> to = version(serving, Call.text(body, "to"));
        if (to.isEmpty() && !rollback) {
            throw ApiError.badRequest("which version?", "give it as \"to\": \"v2\"");
        }
        try {
            return Reply.json(json(operations.write(
                    new Operations.Change(serving, rollback, to, call.actor(body), Call.text(body, "reason")))));
        } catch (Operations.Refused refused) {
            throw error(refused);
        }
    }

    static ApiError error(Operations.Refused refused) {
        return new ApiError(
                status(refused.code()),
                refused.code(),
                Optional.ofNullable(refused.getMessage()).orElse(refused.code()),
                refused.hint());
    }

    private Optional<VersionName> version(String serving, Optional<String> text) throws ApiError {
        ResourceId id = new ResourceId(Kind.SERVING, serving);
        ServingSpec spec = find(id).map(Resource::spec)
                .filter(ServingSpec.class::isInstance)
                .map(ServingSpec.class::cast)
                .orElseThrow(() -> new ApiError(
                        404, "not-found", "there is no " + id, Optional.of("`plumb get serving` lists what there is")));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<VersionName> version = VersionName.labelled(spec.model(), text.get())
                .or(() -> VersionName.parse(text.get())
                        .filter(each -> each.model().equals(spec.model())));
        if (version.isEmpty()) {
            throw ApiError.badRequest(
                    "'" + text.get() + "' is not a version of model " + spec.model(), "write it as v2");
        }
        return version;
    }

    private Optional<Resource> find(ResourceId id) {
        return operations.resources().stream()
                .filter(each -> each.id().equals(id))
                .findFirst();
    }

    private static ObjectNode json(Operations.Written written) {
        ObjectNode json = Json.object();
        json.put("commit", written.commit().id());
        json.put("branch", written.branch());
        json.put("model", written.version().model());
        json.put("version", written.version().label());
        written.note().ifPresent(note -> json.put("note", note));
        return json;
    }

    private static int status(String code) {
        return switch (code) {
            case "not-found" -> 404;
            case "denied" -> 403;
            case "unreachable" -> 503;
            default -> 409;
        };
    }
}
