package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.ledger.DatasetEntry;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.SuspensionEntry;
import dev.plumbline.reconciler.ledger.VerdictEntry;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.ledger.state.IndexLine;
import dev.plumbline.reconciler.ledger.state.LedgerState;
import dev.plumbline.reconciler.ledger.state.ModelRecord;
import dev.plumbline.reconciler.ledger.state.ModelRun;
import dev.plumbline.reconciler.ledger.state.PersistentMap;
import dev.plumbline.reconciler.ledger.state.Stamped;
import dev.plumbline.reconciler.ledger.state.Table;
import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.VersionName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Gathers the files of a tree into a state. */
final class LoadedEntries {
    private final Map<RunId, Stamped<RunEntry>> runs = new HashMap<>();
    private final Map<VersionName, Stamped<VersionEntry>> versions = new HashMap<>();
    private final Map<VersionName, IndexLine> index = new HashMap<>();
    private final Map<String, Stamped<EndpointEntry>> endpoints = new HashMap<>();
    private final Map<Digest, Stamped<VerdictEntry>> verdicts = new HashMap<>();
    private final Map<Digest, Stamped<DatasetEntry>> datasets = new HashMap<>();
    private final Map<Revision, Stamped<AdmissionEntry>> admissions = new HashMap<>();
    private final Map<ResourceId, List<Stamped<EventEntry>>> events = new HashMap<>();
    private final Map<String, Stamped<SuspensionEntry>> suspensions = new HashMap<>();
    private long sequence;

    /** Takes one file; a file in a folder that this version does not know is left alone. */
    void add(String path, JsonNode content) {
        switch (path.substring(0, Math.max(0, path.indexOf('/')))) {
            case "runs" -> {
                Stamped<RunEntry> run = seen(LedgerLoader.stamped(content, RunEntry.class));
                runs.put(run.entry().run(), run);
            }
            case "versions" -> {
                Stamped<VersionEntry> version = seen(LedgerLoader.stamped(content, VersionEntry.class));
                versions.put(version.entry().version(), version);
            }
            case "index" ->
                content.path("runs").forEach(line -> {
                    IndexLine read = Json.convert(line, IndexLine.class);
                    index.put(read.version(), read);
                });
            case "endpoints" -> {
                Stamped<EndpointEntry> endpoint = seen(LedgerLoader.stamped(content, EndpointEntry.class));
                endpoints.put(endpoint.entry().serving(), endpoint);
            }
            case "verdicts" -> {
                Stamped<VerdictEntry> verdict = seen(LedgerLoader.stamped(content, VerdictEntry.class));
                verdicts.put(verdict.entry().id(), verdict);
            }
            case "datasets" -> {
                Stamped<DatasetEntry> dataset = seen(LedgerLoader.stamped(content, DatasetEntry.class));
                datasets.put(dataset.entry().key(), dataset);
            }
            case "admissions" -> {
                Stamped<AdmissionEntry> admission = seen(LedgerLoader.stamped(content, AdmissionEntry.class));
                admissions.put(admission.entry().revision(), admission);
            }
            case "suspensions" -> {
                Stamped<SuspensionEntry> suspension = seen(LedgerLoader.stamped(content, SuspensionEntry.class));
                suspensions.put(suspension.entry().key(), suspension);
            }
            case "events" -> {
                List<Stamped<EventEntry>> log = LedgerLoader.events(content);
                log.forEach(this::seen);
                events.put(LedgerLoader.resource(content), List.copyOf(log));
            }
            default -> {
                // A later version may keep more here; it is carried along unread.
            }
        }
    }

    private <E> Stamped<E> seen(Stamped<E> stamped) {
        sequence = Math.max(sequence, stamped.sequence());
        return stamped;
    }

    LedgerState state() {
        return LedgerState.empty()
                .at(sequence)
                .with(Table.RUNS, PersistentMap.of(runs))
                .with(Table.MODELS, PersistentMap.of(models()))
                .with(Table.VERSION_OF_RUN, PersistentMap.of(versionsOfRuns()))
                .with(Table.ENDPOINTS, PersistentMap.of(endpoints))
                .with(Table.VERDICTS, PersistentMap.of(verdicts))
                .with(Table.DATASETS, PersistentMap.of(datasets))
                .with(Table.ADMISSIONS, PersistentMap.of(admissions))
                .with(Table.EVENTS, PersistentMap.of(events))
                .with(Table.SUSPENSIONS, PersistentMap.of(suspensions))
                .recent(recent());
    }

    private Map<String, ModelRecord> models() {
        Map<String, ModelRecord> models = new HashMap<>();
        runs.values().stream()
                .sorted(Comparator.comparingLong(Stamped::sequence))
                .forEach(run -> models.merge(
                        run.entry().model(),
                        ModelRecord.EMPTY.with(run.entry().run()),
                        (known, added) -> known.with(run.entry().run())));
        versions.values()
                .forEach(version -> models.compute(
                        version.entry().version().model(),
                        (name, known) -> (known == null ? ModelRecord.EMPTY : known).with(version)));
        Map<String, SortedMap<Integer, IndexLine>> lines = new HashMap<>();
        index.values()
                .forEach(line -> lines.computeIfAbsent(line.version().model(), name -> new TreeMap<>())
                        .put(line.version().number(), line));
        lines.forEach((name, numbered) -> models.compute(
                name,
                (model, known) -> known == null
                        ? new ModelRecord(new TreeMap<>(), Set.of(), numbered)
                        : new ModelRecord(known.versions(), known.runs(), numbered)));
        return models;
    }

    private Map<ModelRun, VersionName> versionsOfRuns() {
        Map<ModelRun, VersionName> versionOf = new HashMap<>();
        index.values().forEach(line -> versionOf.put(new ModelRun(line.version().model(), line.run()), line.version()));
        return versionOf;
    }

    private List<Stamped<EventEntry>> recent() {
        List<Stamped<EventEntry>> all = new ArrayList<>();
        events.values().forEach(all::addAll);
        all.sort(Comparator.comparingLong(Stamped::sequence));
        return List.copyOf(all.subList(Math.max(0, all.size() - LedgerState.RECENT), all.size()));
    }
}
