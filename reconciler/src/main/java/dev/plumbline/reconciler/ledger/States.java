package dev.plumbline.reconciler.ledger;

import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.VersionName;
import java.util.List;

/** Copies of a state that differ in one part. */
final class States {
    private States() {}

    static LedgerState sequence(LedgerState state, long sequence) {
        return new LedgerState(
                sequence,
                state.runTable(),
                state.models(),
                state.versionOfRun(),
                state.endpointTable(),
                state.verdicts(),
                state.datasets(),
                state.admissions(),
                state.eventTable(),
                state.recent());
    }

    static LedgerState runs(LedgerState state, PersistentMap<RunId, Stamped<RunEntry>> runs) {
        return new LedgerState(
                state.sequence(),
                runs,
                state.models(),
                state.versionOfRun(),
                state.endpointTable(),
                state.verdicts(),
                state.datasets(),
                state.admissions(),
                state.eventTable(),
                state.recent());
    }

    static LedgerState model(LedgerState state, String name, ModelRecord model) {
        return new LedgerState(
                state.sequence(),
                state.runTable(),
                state.models().with(name, model),
                state.versionOfRun(),
                state.endpointTable(),
                state.verdicts(),
                state.datasets(),
                state.admissions(),
                state.eventTable(),
                state.recent());
    }

    static LedgerState versionOfRun(LedgerState state, PersistentMap<ModelRun, VersionName> versions) {
        return new LedgerState(
                state.sequence(),
                state.runTable(),
                state.models(),
                versions,
                state.endpointTable(),
                state.verdicts(),
                state.datasets(),
                state.admissions(),
                state.eventTable(),
                state.recent());
    }

    static LedgerState endpoints(LedgerState state, PersistentMap<String, Stamped<EndpointEntry>> endpoints) {
        return new LedgerState(
                state.sequence(),
                state.runTable(),
                state.models(),
                state.versionOfRun(),
                endpoints,
                state.verdicts(),
                state.datasets(),
                state.admissions(),
                state.eventTable(),
                state.recent());
    }

    static LedgerState verdicts(LedgerState state, PersistentMap<Digest, Stamped<VerdictEntry>> verdicts) {
        return new LedgerState(
                state.sequence(),
                state.runTable(),
                state.models(),
                state.versionOfRun(),
                state.endpointTable(),
                verdicts,
                state.datasets(),
                state.admissions(),
                state.eventTable(),
                state.recent());
    }

    static LedgerState datasets(LedgerState state, PersistentMap<Digest, Stamped<DatasetEntry>> datasets) {
        return new LedgerState(
                state.sequence(),
                state.runTable(),
                state.models(),
                state.versionOfRun(),
                state.endpointTable(),
                state.verdicts(),
                datasets,
                state.admissions(),
                state.eventTable(),
                state.recent());
    }

    static LedgerState admissions(LedgerState state, PersistentMap<Revision, Stamped<AdmissionEntry>> admissions) {
        return new LedgerState(
                state.sequence(),
                state.runTable(),
                state.models(),
                state.versionOfRun(),
                state.endpointTable(),
                state.verdicts(),
                state.datasets(),
                admissions,
                state.eventTable(),
                state.recent());
    }

    static LedgerState events(
            LedgerState state,
            PersistentMap<ResourceId, List<Stamped<EventEntry>>> table,
            List<Stamped<EventEntry>> recent) {
        return new LedgerState(
                state.sequence(),
                state.runTable(),
                state.models(),
                state.versionOfRun(),
                state.endpointTable(),
                state.verdicts(),
                state.datasets(),
                state.admissions(),
                table,
                recent);
    }
}
