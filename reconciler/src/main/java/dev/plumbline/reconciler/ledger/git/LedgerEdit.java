package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.ledger.DatasetEntry;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.Entry;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.EvidenceEntry;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.SuspensionEntry;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.VerdictEntry;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.ledger.state.HeadLimits;
import dev.plumbline.reconciler.ledger.state.HeadPruning;
import dev.plumbline.reconciler.ledger.state.IndexLine;
import dev.plumbline.reconciler.ledger.state.LedgerState;
import dev.plumbline.reconciler.ledger.state.ModelRecord;
import dev.plumbline.reconciler.ledger.state.ModelRun;
import dev.plumbline.reconciler.ledger.state.Stamped;
import dev.plumbline.reconciler.ledger.state.Table;
import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.VersionName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Builds the next state from one or more transitions, and with it the files of the tree that change. One thread. */
final class LedgerEdit {
    private final HeadLimits limits;
    private final Map<String, Supplier<Optional<byte[]>>> files = new LinkedHashMap<>();
    private final Set<String> models = new HashSet<>();
    private LedgerState state;

    LedgerEdit(LedgerState base, HeadLimits limits) {
        this.state = base;
        this.limits = limits;
    }

    /** What it comes to. */
    record Result(LedgerState state, Map<String, Optional<byte[]>> files) {}

    LedgerState state() {
        return state;
    }

    /**
     * Refuses a transition that would overwrite what never changes or that no file can hold, before any of it is applied.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    void check(Transition transition) {
        for (Entry entry : transition.entries()) {
            LedgerFiles.entry(new Stamped<>(0, entry));
            switch (entry) {
                case VersionEntry version -> checkVersion(version);
                case RunEntry run -> LedgerFiles.index(run.model(), 0);
                case EndpointEntry endpoint -> LedgerFiles.endpoint(endpoint.serving());
                case EventEntry event -> LedgerFiles.events(event.resource());
                case VerdictEntry verdict -> LedgerFiles.verdict(verdict.id());
                case EvidenceEntry evidence -> LedgerFiles.evidence(evidence.digest());
                case AdmissionEntry admission -> LedgerFiles.admission(admission.revision());
                case DatasetEntry dataset -> LedgerFiles.dataset(dataset.key());
                case SuspensionEntry suspension -> LedgerFiles.suspension(suspension.resource());
            }
        }
    }

    private void checkVersion(VersionEntry version) {
        LedgerFiles.version(version.version());
        IndexLine present = state.model(version.version().model())
                .index()
                .get(version.version().number());
        if (present != null
                && !(present.digest().equals(version.digest()) && present.run().equals(version.run()))) {
            throw new IllegalArgumentException(version.version() + " is another model already; versions never change");
        }
    }

    void record(Transition transition) {
        check(transition);
        transition.entries().forEach(this::apply);
    }

    private void apply(Entry entry) {
        state = state.at(state.sequence() + 1);
        switch (entry) {
            case RunEntry run -> run(run);
            case VersionEntry version -> version(version);
            case EndpointEntry endpoint -> endpoint(endpoint);
            case VerdictEntry verdict -> verdict(verdict);
            case EvidenceEntry evidence ->
                files.put(LedgerFiles.evidence(evidence.digest()), () -> Optional.of(LedgerFiles.evidence(evidence)));
            case AdmissionEntry admission -> admission(admission);
            case DatasetEntry dataset -> dataset(dataset);
            case SuspensionEntry suspension -> suspension(suspension);
            case EventEntry event -> event(event);
        }
    }

    private void run(RunEntry run) {
        state = state.with(Table.RUNS, run.run(), stamped(run));
        state = state.with(Table.MODELS, run.model(), state.model(run.model()).with(run.run()));
        models.add(run.model());
        write(run.run());
    }

    private void version(VersionEntry version) {
        VersionName name = version.version();
        ModelRecord model = state.model(name.model());
        if (model.index().get(name.number()) == null) {
            model = model.with(new IndexLine(version.run(), name, version.digest(), new TreeSet<>()));
        }
        state = state.with(Table.MODELS, name.model(), model.with(stamped(version)));
        state = state.with(Table.VERSION_OF_RUN, new ModelRun(name.model(), version.run()), name);
        models.add(name.model());
        write(name);
        writeIndex(name);
    }

    private void endpoint(EndpointEntry endpoint) {
        state = state.with(Table.ENDPOINTS, endpoint.serving(), stamped(endpoint));
        models.add(endpoint.model());
        files.put(
                LedgerFiles.endpoint(endpoint.serving()),
                () -> state.table(Table.ENDPOINTS).get(endpoint.serving()).map(LedgerFiles::entry));
        endpoint.history().stream()
                .map(EndpointEntry.Service::version)
                .distinct()
                .forEach(version -> served(version, endpoint.serving()));
    }

    private void served(VersionName version, String serving) {
        ModelRecord model = state.model(version.model());
        IndexLine line = model.index().get(version.number());
        if (line != null && !line.servedBy().contains(serving)) {
            state = state.with(Table.MODELS, version.model(), model.with(line.served(serving)));
            writeIndex(version);
        }
    }

    private void verdict(VerdictEntry verdict) {
        state = state.with(Table.VERDICTS, verdict.id(), stamped(verdict));
        write(verdict.id());
    }

    private void admission(AdmissionEntry admission) {
        state = state.with(Table.ADMISSIONS, admission.revision(), stamped(admission));
        write(admission.revision());
    }

    private void dataset(DatasetEntry dataset) {
        state = state.with(Table.DATASETS, dataset.key(), stamped(dataset));
        writeDataset(dataset.key());
    }

    private void suspension(SuspensionEntry suspension) {
        String key = suspension.key();
        state = suspension.lifted()
                ? state.without(Table.SUSPENSIONS, key)
                : state.with(Table.SUSPENSIONS, key, stamped(suspension));
        files.put(
                LedgerFiles.suspension(suspension.resource()),
                () -> state.table(Table.SUSPENSIONS).get(key).map(LedgerFiles::entry));
    }

    private void event(EventEntry event) {
        ResourceId resource = event.resource();
        List<Stamped<EventEntry>> log =
                appended(state.table(Table.EVENTS).get(resource).orElse(List.of()), stamped(event), limits.events());
        state = state.with(Table.EVENTS, resource, log)
                .recent(appended(state.recent(), stamped(event), LedgerState.RECENT));
        files.put(
                LedgerFiles.events(resource),
                () -> state.table(Table.EVENTS).get(resource).map(events -> LedgerFiles.events(resource, events)));
    }

    private static <T> List<T> appended(List<T> list, T last, int limit) {
        List<T> longer = new ArrayList<>(list.subList(Math.max(0, list.size() + 1 - limit), list.size()));
        longer.add(last);
        return List.copyOf(longer);
    }

    private <E> Stamped<E> stamped(E entry) {
        return new Stamped<>(state.sequence(), entry);
    }

    /** Forgets an endpoint; what it served remains. */
    void forgetEndpoint(String serving) {
        Optional<EndpointEntry> endpoint = state.endpoint(serving);
        state = state.without(Table.ENDPOINTS, serving);
        endpoint.ifPresent(known -> models.add(known.model()));
        files.put(LedgerFiles.endpoint(serving), Optional::empty);
    }

    /** Lets go of what the head need not hold any more, and gives the new state with the files that differ. */
    Result finish() {
        HeadPruning pruning = new HeadPruning(limits);
        HeadPruning.Surplus surplus = pruning.surplus(state, models);
        surplus.versions().forEach(version -> {
            ModelRecord model = state.model(version.model());
            state = state.with(Table.MODELS, version.model(), model.without(version.number()));
            write(version);
        });
        surplus.runs().forEach(run -> {
            String model = run.model();
            state = state.without(Table.RUNS, run.run());
            state = state.with(Table.MODELS, model, state.model(model).without(run.run()));
            write(run.run());
        });
        surplus.verdicts().forEach(verdict -> {
            forgetEvidence(verdict);
            state = state.without(Table.VERDICTS, verdict);
            write(verdict);
        });
        surplus.datasets().forEach(dataset -> {
            state = state.without(Table.DATASETS, dataset);
            writeDataset(dataset);
        });
        surplus.endpoints().forEach(this::forgetEndpoint);
        surplus.admissions().forEach(revision -> {
            state = state.without(Table.ADMISSIONS, revision);
            write(revision);
        });
        Map<String, Optional<byte[]>> rendered = new LinkedHashMap<>();
        files.forEach((path, content) -> rendered.put(path, content.get()));
        return new Result(state, rendered);
    }

    private void write(RunId run) {
        files.put(LedgerFiles.run(run), () -> state.table(Table.RUNS).get(run).map(LedgerFiles::entry));
    }

    private void write(VersionName version) {
        files.put(
                LedgerFiles.version(version),
                () -> Optional.ofNullable(
                                state.model(version.model()).versions().get(version.number()))
                        .map(LedgerFiles::entry));
    }

    private void writeIndex(VersionName version) {
        int chunk = LedgerFiles.chunk(version.number());
        files.put(LedgerFiles.index(version.model(), chunk), () -> {
            int first = chunk * LedgerFiles.CHUNK + 1;
            var lines = state.model(version.model()).index().subMap(first, first + LedgerFiles.CHUNK);
            return Optional.of(LedgerFiles.index(version.model(), lines.values()));
        });
    }

    private void write(Digest verdict) {
        files.put(
                LedgerFiles.verdict(verdict),
                () -> state.table(Table.VERDICTS).get(verdict).map(LedgerFiles::entry));
    }

    /** Another verdict may rest on it as well; then it is read from the history. */
    private void forgetEvidence(Digest verdict) {
        state.table(Table.VERDICTS)
                .get(verdict)
                .map(stamped -> stamped.entry().verdict().at("/judged/evidence").asString(""))
                .filter(digest -> !digest.isEmpty())
                .ifPresent(digest -> files.put(LedgerFiles.evidence(new Digest(digest)), Optional::empty));
    }

    private void writeDataset(Digest key) {
        files.put(
                LedgerFiles.dataset(key),
                () -> state.table(Table.DATASETS).get(key).map(LedgerFiles::entry));
    }

    private void write(Revision revision) {
        files.put(
                LedgerFiles.admission(revision),
                () -> state.table(Table.ADMISSIONS).get(revision).map(LedgerFiles::entry));
    }
}
