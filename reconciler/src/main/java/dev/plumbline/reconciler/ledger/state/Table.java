package dev.plumbline.reconciler.ledger.state;

import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.ledger.DatasetEntry;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.SuspensionEntry;
import dev.plumbline.reconciler.ledger.VerdictEntry;
import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.VersionName;
import java.util.List;
import java.util.Map;

/** Names one table of a {@link LedgerState} and says what it holds by what. To remember more, add one line here. */
public final class Table<K, V> {
    public static final Table<RunId, Stamped<RunEntry>> RUNS = new Table<>();
    public static final Table<String, ModelRecord> MODELS = new Table<>();
    public static final Table<ModelRun, VersionName> VERSION_OF_RUN = new Table<>();
    public static final Table<String, Stamped<EndpointEntry>> ENDPOINTS = new Table<>();
    public static final Table<Digest, Stamped<VerdictEntry>> VERDICTS = new Table<>();
    public static final Table<Digest, Stamped<DatasetEntry>> DATASETS = new Table<>();
    public static final Table<Revision, Stamped<AdmissionEntry>> ADMISSIONS = new Table<>();
    public static final Table<ResourceId, List<Stamped<EventEntry>>> EVENTS = new Table<>();
    public static final Table<String, Stamped<SuspensionEntry>> SUSPENSIONS = new Table<>();

    private Table() {}

    /** What these tables hold under this name; nothing when it is absent. */
    @SuppressWarnings("unchecked") // LedgerState puts in under a name only what has the types of the name
    public PersistentMap<K, V> in(Map<Table<?, ?>, PersistentMap<?, ?>> tables) {
        PersistentMap<?, ?> content = tables.get(this);
        return content == null ? PersistentMap.empty() : (PersistentMap<K, V>) content;
    }
}
