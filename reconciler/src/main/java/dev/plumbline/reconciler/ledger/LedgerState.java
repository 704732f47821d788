package dev.plumbline.reconciler.ledger;

import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.VersionName;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that the head of the ledger holds. Immutable; a later state shares with an earlier one what did not change.
 *
 * @param sequence of the newest entry
 * @param recent the newest events of all resources, oldest first
 */
record LedgerState(
        long sequence,
        PersistentMap<RunId, Stamped<RunEntry>> runTable,
        PersistentMap<String, ModelRecord> models,
        PersistentMap<ModelRun, VersionName> versionOfRun,
        PersistentMap<String, Stamped<EndpointEntry>> endpointTable,
        PersistentMap<Digest, Stamped<VerdictEntry>> verdicts,
        PersistentMap<Digest, Stamped<DatasetEntry>> datasets,
        PersistentMap<Revision, Stamped<AdmissionEntry>> admissions,
        PersistentMap<ResourceId, List<Stamped<EventEntry>>> eventTable,
        List<Stamped<EventEntry>> recent)
        implements LedgerView {
    static final int RECENT = 1_000;

    static LedgerState empty() {
        return new LedgerState(
                0,
                PersistentMap.empty(),
                PersistentMap.empty(),
                PersistentMap.empty(),
                PersistentMap.empty(),
                PersistentMap.empty(),
                PersistentMap.empty(),
                PersistentMap.empty(),
                PersistentMap.empty(),
                List.of());
    }

    ModelRecord model(String name) {
        return models.get(name).orElse(ModelRecord.EMPTY);
    }

    @Override
    public Optional<RunEntry> run(RunId run) {
        return runTable.get(run).map(Stamped::entry);
    }

    @Override
    public List<RunEntry> runs() {
        return runTable.values()
                .sorted(Comparator.comparing(
                                (Stamped<RunEntry> run) -> run.entry().startedAt())
                        .thenComparingLong(Stamped::sequence)
                        .reversed())
                .map(Stamped::entry)
                .toList();
    }

    @Override
    public Optional<VersionEntry> version(VersionName version) {
        return Optional.ofNullable(model(version.model()).versions().get(version.number()))
                .map(Stamped::entry);
    }

    @Override
    public List<VersionEntry> versions(String model) {
        return model(model).versions().values().stream()
                .map(Stamped::entry)
                .toList()
                .reversed();
    }

    @Override
    public Optional<VersionName> versionOf(String model, RunId run) {
        return versionOfRun.get(new ModelRun(model, run));
    }

    @Override
    public int highestNumber(String model) {
        var index = model(model).index();
        return index.isEmpty() ? 0 : index.lastKey();
    }

    @Override
    public Optional<EndpointEntry> endpoint(String serving) {
        return endpointTable.get(serving).map(Stamped::entry);
    }

    @Override
    public Collection<EndpointEntry> endpoints() {
        return endpointTable.values().map(Stamped::entry).toList();
    }

    @Override
    public Optional<VerdictEntry> verdict(Digest id) {
        return verdicts.get(id).map(Stamped::entry);
    }

    @Override
    public Optional<DatasetEntry> dataset(Digest key) {
        return datasets.get(key).map(Stamped::entry);
    }

    @Override
    public Optional<AdmissionEntry> admission() {
        return admissions
                .values()
                .max(Comparator.comparingLong(Stamped::sequence))
                .map(Stamped::entry);
    }

    @Override
    public List<EventEntry> events(Optional<ResourceId> resource, int limit) {
        List<Stamped<EventEntry>> all =
                resource.map(id -> eventTable.get(id).orElse(List.of())).orElse(recent);
        Stream<Stamped<EventEntry>> newest = all.reversed().stream();
        return newest.limit(limit).map(Stamped::entry).toList();
    }
}
