package dev.plumbline.reconciler.ledger.state;

import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.ledger.DatasetEntry;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.SuspensionEntry;
import dev.plumbline.reconciler.ledger.VerdictEntry;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.VersionName;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that the head of the ledger holds. Immutable; a later state shares with an earlier one what did not change.
 *
 * @param sequence of the newest entry
 * @param tables what is held, by the table that it is looked up in; a table that nothing was put into is absent
 * @param recent the newest events of all resources, oldest first
 */
public record LedgerState(long sequence, Map<Table<?, ?>, PersistentMap<?, ?>> tables, List<Stamped<EventEntry>> recent)
        implements LedgerView {
    public static final int RECENT = 1_000;

    public static LedgerState empty() {
        return new LedgerState(0, Map.of(), List.of());
    }

    /** The same at another sequence. */
    public LedgerState at(long newest) {
        return new LedgerState(newest, tables, recent);
    }

    /** The same with other newest events. */
    public LedgerState recent(List<Stamped<EventEntry>> newest) {
        return new LedgerState(sequence, tables, newest);
    }

    /** The same with other content in one table. */
    public <K, V> LedgerState with(Table<K, V> table, PersistentMap<K, V> content) {
        Map<Table<?, ?>, PersistentMap<?, ?>> changed = new HashMap<>(tables);
        changed.put(table, content);
        return new LedgerState(sequence, changed, recent);
    }

    /** The same with one value put into a table. */
    public <K, V> LedgerState with(Table<K, V> table, K key, V value) {
        return with(table, table(table).with(key, value));
    }

    /** The same with one value taken out of a table. */
    public <K, V> LedgerState without(Table<K, V> table, K key) {
        return with(table, table(table).without(key));
    }

    /** What a table holds. */
    public <K, V> PersistentMap<K, V> table(Table<K, V> table) {
        return table.in(tables);
    }

    public ModelRecord model(String name) {
        return table(Table.MODELS).get(name).orElse(ModelRecord.EMPTY);
    }

    @Override
    public Optional<RunEntry> run(RunId run) {
        return table(Table.RUNS).get(run).map(Stamped::entry);
    }

    @Override
    public List<RunEntry> runs() {
        return table(Table.RUNS)
                .values()
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
        return table(Table.VERSION_OF_RUN).get(new ModelRun(model, run));
    }

    @Override
    public int highestNumber(String model) {
        var index = model(model).index();
        return index.isEmpty() ? 0 : index.lastKey();
    }

    @Override
    public Optional<EndpointEntry> endpoint(String serving) {
        return table(Table.ENDPOINTS).get(serving).map(Stamped::entry);
    }

    @Override
    public Collection<EndpointEntry> endpoints() {
        return table(Table.ENDPOINTS).values().map(Stamped::entry).toList();
    }

    @Override
    public Optional<VerdictEntry> verdict(Digest id) {
        return table(Table.VERDICTS).get(id).map(Stamped::entry);
    }

    @Override
    public List<VerdictEntry> verdicts(String digits) {
        return table(Table.VERDICTS)
                .values()
                .map(Stamped::entry)
                .filter(verdict -> verdict.id().hex().startsWith(digits))
                .toList();
    }

    @Override
    public Optional<DatasetEntry> dataset(Digest key) {
        return table(Table.DATASETS).get(key).map(Stamped::entry);
    }

    @Override
    public Optional<SuspensionEntry> suspension(Optional<ResourceId> resource) {
        return table(Table.SUSPENSIONS).get(SuspensionEntry.key(resource)).map(Stamped::entry);
    }

    @Override
    public List<SuspensionEntry> suspensions() {
        return table(Table.SUSPENSIONS)
                .values()
                .map(Stamped::entry)
                .sorted(Comparator.comparing(
                        entry -> entry.resource().map(ResourceId::toString).orElse("")))
                .toList();
    }

    @Override
    public Optional<AdmissionEntry> admission() {
        return table(Table.ADMISSIONS)
                .values()
                .max(Comparator.comparingLong(Stamped::sequence))
                .map(Stamped::entry);
    }

    @Override
    public List<EventEntry> events(Optional<ResourceId> resource, int limit) {
        List<Stamped<EventEntry>> all = resource.map(
                        id -> table(Table.EVENTS).get(id).orElse(List.of()))
                .orElse(recent);
        Stream<Stamped<EventEntry>> newest = all.reversed().stream();
        return newest.limit(limit).map(Stamped::entry).toList();
    }
}
