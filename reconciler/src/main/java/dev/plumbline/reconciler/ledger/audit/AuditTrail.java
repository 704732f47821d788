package dev.plumbline.reconciler.ledger.audit;

import dev.plumbline.policy.Verdict;
import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.Holder;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Makes the entries of the audit trail out of records: what each of them says that was not said before it. One thread. */
public final class AuditTrail implements RecordReader {
    private static final int NAMED = 3;

    /** Events of what has an entry of its own, which names the verdict as well. */
    private static final Set<String> TOLD = Set.of("Registered", "Promoted", "RolledBack");

    private final Consumer<AuditEntry> entries;

    /** Gives every entry to this one, oldest first. */
    public AuditTrail(Consumer<AuditEntry> entries) {
        this.entries = entries;
    }

    @Override
    public void take(LedgerRecord record, Contents files) throws IOException {
        for (Map.Entry<String, Optional<Digest>> change : record.changes().entrySet()) {
            if (change.getValue().isPresent()) {
                try {
                    take(record, change.getKey(), files);
                } catch (JacksonException | IllegalArgumentException broken) {
                    throw new IOException(change.getKey() + " is not what Plumbline writes there", broken);
                }
            }
        }
    }

    private void take(LedgerRecord record, String path, Contents files) throws IOException {
        Said said = new Said(record, path, files);
        switch (path.substring(0, Math.max(0, path.indexOf('/')))) {
            case "admissions" -> admission(said, files);
            case "verdicts" -> verdict(said);
            case "versions" -> version(said);
            case "endpoints" -> endpoint(said);
            case "events" -> events(said);
            default -> {
                if (path.equals("holder.json")) {
                    holder(said);
                }
            }
        }
    }

    /** A file that a record writes. */
    private record Said(LedgerRecord record, String path, Contents files) {
        <E> E now(Class<E> type) throws IOException {
            return Json.convert(json(files.after(path)).orElseThrow(), type);
        }

        <E> Optional<E> before(Class<E> type) throws IOException {
            return json(files.before(path)).map(json -> Json.convert(json, type));
        }

        static Optional<JsonNode> json(Optional<byte[]> content) {
            return content.map(Json::read);
        }
    }

    private void admission(Said said, Contents files) throws IOException {
        if (said.before(AdmissionEntry.class).isPresent()) {
            return;
        }
        AdmissionEntry admission = said.now(AdmissionEntry.class);
        Optional<Contents.Commit> commit = files.commit(admission.revision().id());
        String held = admission.heldBack().isEmpty()
                ? ""
                : (admission.changed().isEmpty() ? "" : "; ") + "held back: "
                        + some(admission.heldBack().keySet());
        add(
                said,
                admission.at(),
                commit.map(Contents.Commit::author).orElse("unknown"),
                "admitted",
                admission.changed().isEmpty() ? admission.revision().shortened() : some(admission.changed()),
                commit.map(Contents.Commit::subject).orElse("") + held,
                Optional.of(admission.revision()),
                Optional.empty(),
                Optional.empty());
    }

    private static String some(Set<ResourceId> resources) {
        String names = resources.stream().limit(NAMED).map(ResourceId::toString).collect(Collectors.joining(", "));
        return resources.size() > NAMED ? names + " and " + (resources.size() - NAMED) + " more" : names;
    }

    private void verdict(Said said) throws IOException {
        JsonNode entry = Said.json(said.files().after(said.path())).orElseThrow();
        Verdict verdict = Json.convert(entry.path("verdict"), Verdict.class);
        add(
                said,
                Instant.parse(entry.path("recordedAt").asString()),
                AuditEntry.CONTROL_PLANE,
                verdict.allowed() ? "allowed" : "denied",
                verdict.subject(),
                verdict.gate().label() + (verdict.explanation().isEmpty() ? "" : ": " + verdict.explanation()),
                Optional.empty(),
                Optional.of(verdict.id()),
                Optional.ofNullable(verdict.judged().get(Verdict.EVIDENCE)));
    }

    private void version(Said said) throws IOException {
        if (said.before(VersionEntry.class).isPresent()) {
            return;
        }
        VersionEntry version = said.now(VersionEntry.class);
        add(
                said,
                version.createdAt(),
                AuditEntry.CONTROL_PLANE,
                "registered",
                version.version().toString(),
                "run " + version.run().digest().hex().substring(0, 12),
                Optional.of(version.revision()),
                Optional.of(version.verdict()),
                Optional.of(version.digest()));
    }

    private void endpoint(Said said) throws IOException {
        EndpointEntry endpoint = said.now(EndpointEntry.class);
        Set<Revision> known = said.before(EndpointEntry.class).stream()
                .flatMap(before -> before.intents().stream())
                .map(EndpointEntry.Intent::commit)
                .collect(Collectors.toCollection(HashSet::new));
        for (EndpointEntry.Intent intent : endpoint.intents()) {
            if (!known.contains(intent.commit())) {
                add(
                        said,
                        intent.at(),
                        intent.requestedBy().orElse(AuditEntry.CONTROL_PLANE),
                        intent.action(),
                        "Serving/" + endpoint.serving(),
                        intent.from().map(from -> "from " + from + " ").orElse("") + "to " + intent.to(),
                        Optional.of(intent.commit()),
                        Optional.of(intent.verdict()),
                        Optional.empty());
            }
        }
    }

    private void events(Said said) throws IOException {
        Set<EventEntry> known = new HashSet<>(events(Said.json(said.files().before(said.path()))));
        for (EventEntry event : events(Said.json(said.files().after(said.path())))) {
            if (!known.contains(event) && !TOLD.contains(event.reason())) {
                add(
                        said,
                        event.at(),
                        event.actor().orElse(AuditEntry.CONTROL_PLANE),
                        event.reason(),
                        event.version()
                                .map(Object::toString)
                                .orElseGet(() -> event.resource().toString()),
                        event.message(),
                        event.revision(),
                        Optional.empty(),
                        Optional.empty());
            }
        }
    }

    private static List<EventEntry> events(Optional<JsonNode> file) {
        return file.stream()
                .flatMap(json -> StreamSupport.stream(json.path("events").spliterator(), false))
                .map(json -> Json.convert(json, EventEntry.class))
                .toList();
    }

    private void holder(Said said) throws IOException {
        Holder holder = said.now(Holder.class);
        add(
                said,
                holder.since(),
                holder.name(),
                "holds",
                "ledger",
                "epoch " + holder.epoch(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private void add(
            Said said,
            Instant at,
            String actor,
            String action,
            String subject,
            String why,
            Optional<Revision> revision,
            Optional<Digest> verdict,
            Optional<Digest> evidence) {
        entries.accept(new AuditEntry(
                at,
                actor,
                action,
                subject,
                why,
                revision.map(Revision::id),
                verdict.map(Digest::value),
                evidence.map(Digest::value),
                said.record().commit()));
    }
}
