package dev.plumbline.reconciler.api;

import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.VerdictEntry;
import dev.plumbline.reconciler.report.EventReport;
import dev.plumbline.reconciler.report.HistoryReport;
import dev.plumbline.reconciler.report.VerdictReport;
import dev.plumbline.reconciler.report.VersionReport;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.VersionName;
import java.util.List;
import java.util.Optional;

/** What the ledger holds: versions, lineage, verdicts, history, events. */
final class LedgerRecords {
    private static final int EVENTS = 100;
    private static final int MOST_EVENTS = 1_000;

    private final Operations operations;

    LedgerRecords(Operations operations) {
        this.operations = operations;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/versions", this::versions),
                Endpoint.get("/api/v1/lineage/{model}/{version}", this::lineage),
                Endpoint.get("/api/v1/verdicts/{id}", this::verdict),
                Endpoint.get("/api/v1/history/{serving}", this::history),
                Endpoint.get("/api/v1/events", this::events));
    }

    private Reply versions(Call call) {
        return Reply.json(VersionReport.of(operations.ledger(), call.parameter("model")));
    }

    private Reply lineage(Call call) throws ApiError {
        String model = call.named("model");
        String label = call.named("version");
        return VersionName.labelled(model, label)
                .flatMap(operations.ledger()::version)
                .map(version -> Reply.json(VersionReport.lineage(operations.ledger(), version)))
                .orElseThrow(() -> ApiError.notFound("there is no version " + model + "/" + label));
    }

    private Reply verdict(Call call) throws ApiError {
        String id = call.named("id");
        if (!id.matches("(sha256:)?[0-9a-f]{6,64}")) {
            throw ApiError.badRequest("'" + id + "' is not a verdict's id", "give its first 6 digits or more");
        }
        List<VerdictEntry> found = operations.ledger().verdicts(id.replaceFirst("^sha256:", ""));
        if (found.size() > 1) {
            throw ApiError.badRequest("several verdicts begin with " + id, "give more digits");
        }
        return found.stream()
                .findFirst()
                .map(entry -> Reply.json(VerdictReport.of(entry)))
                .orElseThrow(() -> ApiError.notFound("there is no verdict " + id));
    }

    private Reply history(Call call) throws ApiError {
        String serving = call.named("serving");
        LedgerView ledger = operations.ledger();
        return ledger.endpoint(serving)
                .map(endpoint -> Reply.json(HistoryReport.of(endpoint, ledger)))
                .orElseThrow(() -> ApiError.notFound("nothing is recorded of an endpoint " + serving));
    }

    private Reply events(Call call) throws ApiError {
        Optional<ResourceId> resource = resource(call);
        int limit = call.number("limit", EVENTS, MOST_EVENTS);
        if (call.flag("follow")) {
            return new Reply.Lines("application/jsonl", new EventStream(operations, resource, limit)::writeTo);
        }
        return Reply.json(EventReport.of(operations.ledger(), resource, limit));
    }

    private static Optional<ResourceId> resource(Call call) throws ApiError {
        Optional<String> text = call.parameter("resource");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<ResourceId> id = ResourceId.parse(text.get());
        if (id.isEmpty()) {
            throw ApiError.badRequest("'" + text.get() + "' is not a resource", "write Kind/name");
        }
        return id;
    }
}
