package dev.plumbline.reconciler.ledger.state;

import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.ledger.DatasetEntry;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.VerdictEntry;
import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.VersionName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what the head holds beyond its limits. */
public final class HeadPruning {
    /** How many of an endpoint's former versions count as having served lately: a revert may go back to them. */
    private static final int LATELY = 20;

    /** How many removed endpoints are remembered. */
    private static final int REMOVED = 200;

    private final HeadLimits limits;

    public HeadPruning(HeadLimits limits) {
        this.limits = limits;
    }

    /** What may go. */
    public record Surplus(
            List<VersionName> versions,
            List<RunEntry> runs,
            List<Digest> verdicts,
            List<Digest> datasets,
            List<Revision> admissions,
            List<String> endpoints) {}

    /** What may go of these models, and of what belongs to none. */
    public Surplus surplus(LedgerState state, Set<String> touched) {
        List<VersionName> versions = new ArrayList<>();
        List<RunEntry> runs = new ArrayList<>();
        for (String name : touched) {
            ModelRecord model = state.model(name);
            if (model.versions().size() > limits.versions()) {
                versions.addAll(versions(state, name, model));
            }
            if (model.runs().size() > limits.runs()) {
                runs.addAll(runs(state, name, model, versions));
            }
        }
        return new Surplus(
                versions,
                runs,
                verdicts(state),
                oldest(
                        state.table(Table.DATASETS).values(),
                        state.table(Table.DATASETS).size() - limits.datasets(),
                        DatasetEntry::key),
                oldest(
                        state.table(Table.ADMISSIONS).values(),
                        state.table(Table.ADMISSIONS).size() - limits.admissions(),
                        AdmissionEntry::revision),
                removed(state));
    }

    private static List<String> removed(LedgerState state) {
        List<Stamped<EndpointEntry>> removed = state.table(Table.ENDPOINTS)
                .values()
                .filter(endpoint -> endpoint.entry().removed())
                .toList();
        return oldest(removed.stream(), removed.size() - REMOVED, EndpointEntry::serving);
    }

    private List<VersionName> versions(LedgerState state, String name, ModelRecord model) {
        Set<VersionName> needed = state.endpoints().stream()
                .filter(endpoint -> endpoint.model().equals(name))
                .flatMap(HeadPruning::serving)
                .collect(Collectors.toSet());
        return model.versions().headMap(newestKept(model)).values().stream()
                .map(version -> version.entry().version())
                .filter(version -> !needed.contains(version))
                .toList();
    }

    private int newestKept(ModelRecord model) {
        return model.versions().keySet().stream()
                .skip(model.versions().size() - limits.versions())
                .findFirst()
                .orElse(0);
    }

    private static Stream<VersionName> serving(EndpointEntry endpoint) {
        int size = endpoint.history().size();
        if (endpoint.removed()) {
            return endpoint.history().stream().skip(Math.max(0, size - 1)).map(EndpointEntry.Service::version);
        }
        return Stream.of(
                        endpoint.named().stream(),
                        endpoint.intents().stream().map(EndpointEntry.Intent::to),
                        endpoint.history().subList(Math.max(0, size - LATELY), size).stream()
                                .map(EndpointEntry.Service::version))
                .flatMap(each -> each);
    }

    private List<RunEntry> runs(LedgerState state, String name, ModelRecord model, Collection<VersionName> going) {
        Set<RunId> held = model.versions().values().stream()
                .filter(version -> !going.contains(version.entry().version()))
                .map(version -> version.entry().run())
                .collect(Collectors.toSet());
        List<Stamped<RunEntry>> loose = model.runs().stream()
                .flatMap(run -> state.table(Table.RUNS).get(run).stream())
                .filter(run -> run.entry().model().equals(name))
                .filter(run -> !held.contains(run.entry().run()) && ended(run.entry()))
                .sorted(Comparator.comparingLong(Stamped::sequence))
                .toList();
        return loose.stream()
                .limit(Math.max(0, loose.size() - limits.runs()))
                .map(Stamped::entry)
                .toList();
    }

    private static boolean ended(RunEntry run) {
        return switch (run.status()) {
            case QUEUED, RUNNING -> false;
            case SUCCEEDED, FAILED, REFUSED, CANCELLED -> true;
        };
    }

    /** Looked for only when there are many more than allowed, as it takes reading everything that may refer to one. */
    private List<Digest> verdicts(LedgerState state) {
        if (state.table(Table.VERDICTS).size() <= limits.verdicts() + limits.verdicts() / 4) {
            return List.of();
        }
        Set<Digest> needed = new HashSet<>();
        state.table(Table.MODELS)
                .values()
                .flatMap(model -> model.versions().values().stream())
                .forEach(version -> needed.add(version.entry().verdict()));
        state.table(Table.RUNS)
                .values()
                .map(run -> run.entry().verdict())
                .flatMap(Optional::stream)
                .forEach(needed::add);
        state.table(Table.ADMISSIONS)
                .values()
                .forEach(admission -> needed.addAll(admission.entry().verdicts().values()));
        state.endpoints().forEach(endpoint -> {
            endpoint.history().forEach(service -> needed.add(service.verdict()));
            endpoint.intents().forEach(intent -> needed.add(intent.verdict()));
        });
        return oldest(
                state.table(Table.VERDICTS)
                        .values()
                        .filter(verdict -> !needed.contains(verdict.entry().id())),
                state.table(Table.VERDICTS).size() - limits.verdicts(),
                VerdictEntry::id);
    }

    private static <E, K> List<K> oldest(Stream<Stamped<E>> all, int surplus, Function<E, K> key) {
        return surplus <= 0
                ? List.of()
                : all.sorted(Comparator.comparingLong(Stamped::sequence))
                        .limit(surplus)
                        .map(stamped -> key.apply(stamped.entry()))
                        .toList();
    }
}
