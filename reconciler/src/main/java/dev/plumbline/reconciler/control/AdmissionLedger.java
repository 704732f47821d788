package dev.plumbline.reconciler.control;

import dev.plumbline.policy.Judgement;
import dev.plumbline.reconciler.apply.Events;
import dev.plumbline.reconciler.apply.Verdicts;
import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.catalog.AdmittedCatalog.Admitted;
import dev.plumbline.reconciler.catalog.CatalogLoader;
import dev.plumbline.reconciler.catalog.FormerAdmission;
import dev.plumbline.reconciler.catalog.PolicyAdmission;
import dev.plumbline.reconciler.catalog.PolicyBase;
import dev.plumbline.reconciler.catalog.RemovalConfirmations;
import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.ledger.AdmissionEntry.Form;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.Entry;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.schemas.SpecReader;
import dev.plumbline.schemas.catalog.CatalogReading;
import dev.plumbline.schemas.catalog.Declaration;
import dev.plumbline.schemas.fault.Failpoint;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.problem.Severity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads, judges and admits revisions, and records what was admitted. Not thread-safe: the loop owns it. */
final class AdmissionLedger {
    private static final Duration UNKNOWN_GRACE = Duration.ofSeconds(5);

    private final CatalogLoader loader;
    private final PolicyAdmission policy;
    private final PolicyBase policies;
    private final FormerAdmission former;
    private final Verdicts verdicts;
    private final Ledger ledger;
    private final Source source;
    private final RemovalConfirmations removals;
    private final Events events;
    private final Clock clock;
    private Map<ResourceId, DataBlob> dataBlobs = Map.of();

    AdmissionLedger(
            SpecReader reader,
            Verdicts verdicts,
            Ledger ledger,
            Source source,
            Optional<String> environment,
            Clock clock) {
        this.loader = new CatalogLoader(reader);
        this.former = new FormerAdmission(loader, reader);
        this.verdicts = verdicts;
        this.ledger = ledger;
        this.source = source;
        this.policy = new PolicyAdmission(ledger::view);
        this.policies = new PolicyBase(source);
        this.removals = new RemovalConfirmations(source, reader, environment);
        this.events = new Events(clock);
        this.clock = clock;
    }

    /**
     * A revision as it is acted on, with everything that is wrong with it.
     *
     * @param elsewhere whether the revision changed only what lies outside the root and is named by nothing in it
     * @param unanswered whether a gate gave no answer about a spec, so that the same revision is to be admitted again
     * @param touched what is other than before: resources that changed or moved to another file, and Datasets whose data
     *     file came, went or changed
     */
    record Result(
            AdmittedCatalog catalog,
            AdmissionEntry entry,
            List<Problem> problems,
            boolean elsewhere,
            boolean unanswered,
            NavigableSet<ResourceId> touched) {}

    /**
     * Admits a revision.
     *
     * @throws Source.SourceException when the history that may confirm a removal cannot be read
     * @throws Ledger.LedgerException when it could not be recorded; then it is not to be acted on
     */
    Result admit(Snapshot snapshot, AdmittedCatalog before)
            throws Source.SourceException, Ledger.LedgerException, InterruptedException {
        CatalogReading reading = loader.load(snapshot);
        Failpoint.CATALOG_LOADED.hit();
        PolicyBase.Judged by = policies.of(snapshot, ledger.view().admission().map(PolicyBase.Last::of));
        PolicyAdmission.Answers answers = policy.answers(snapshot, reading, by, verdicts.policy(), verdicts::judge);
        AdmittedCatalog admitted = removals.admit(snapshot, reading, answers.denied(), before);
        AdmittedCatalog catalog = admitted.under(by.inForce(admitted.resources(), snapshot));
        List<Problem> problems = problems(reading, answers.denied());
        problems.addAll(by.problems());
        Map<ResourceId, DataBlob> data = dataBlobs(snapshot, catalog);
        AdmissionEntry entry = entry(snapshot, catalog, before, answers.decisive(), data, problems, by.entry());
        Failpoint.ADMISSION_JUDGED.hit();
        boolean elsewhere = !snapshot.root().isEmpty() && unchanged(entry);
        record(
                entry,
                verdicts.entries(answers.all(), by.accepted().orElse(by.before()), by.before()),
                catalog,
                elsewhere);
        Failpoint.ADMISSION_RECORDED.hit();
        NavigableSet<ResourceId> touched = touched(entry.changed(), catalog, before, data);
        dataBlobs = data;
        boolean unanswered =
                answers.all().stream().anyMatch(each -> !each.verdict().reason().conclusive());
        return new Result(catalog, entry, problems, elsewhere, unanswered, touched);
    }

    /**
     * What was acted on before this process began: forms held back then are held back still. Empty when nothing was.
     *
     * @throws Source.SourceException when the mirror does not hold it, as after the loss of the mirror
     */
    Optional<Result> restore() throws Source.SourceException, InterruptedException, Ledger.LedgerException {
        Optional<AdmissionEntry> last = ledger.view().admission();
        if (last.isEmpty()) {
            return Optional.empty();
        }
        Snapshot snapshot = source.at(last.get().revision());
        return Optional.of(admit(snapshot, former.of(last.get(), snapshot)));
    }

    private static List<Problem> problems(CatalogReading reading, Map<ResourceId, String> denied) {
        List<Problem> problems = new ArrayList<>(reading.problems());
        denied.forEach((id, why) -> Optional.ofNullable(reading.declarations().get(id))
                .map(Declaration::resource)
                .ifPresent(resource -> problems.add(new Problem(
                        resource.file(),
                        resource.line(),
                        1,
                        "",
                        "policy-denied",
                        Severity.ERROR,
                        id + ": " + why,
                        Optional.empty(),
                        Optional.of(id)))));
        return problems;
    }

    private AdmissionEntry entry(
            Snapshot snapshot,
            AdmittedCatalog catalog,
            AdmittedCatalog before,
            Map<ResourceId, Judgement> judgements,
            Map<ResourceId, DataBlob> data,
            List<Problem> problems,
            AdmissionEntry.Policies policies) {
        NavigableSet<ResourceId> changed = changed(catalog, before);
        NavigableMap<ResourceId, Digest> judged = new TreeMap<>();
        changed.forEach(id -> Optional.ofNullable(judgements.get(id))
                .ifPresent(judgement -> judged.put(id, judgement.verdict().id())));
        NavigableMap<ResourceId, Form> heldBack = new TreeMap<>();
        catalog.held()
                .keySet()
                .forEach(id -> Optional.ofNullable(catalog.specs().get(id))
                        .ifPresent(admitted -> heldBack.put(id, admitted.form())));
        int errors = (int) problems.stream()
                .filter(each -> each.severity() == Severity.ERROR)
                .count();
        return new AdmissionEntry(
                snapshot.revision(),
                snapshot.tree(),
                clock.instant(),
                judged,
                heldBack,
                changed,
                newData(data),
                errors,
                leaving(catalog, before),
                Optional.of(policies),
                Optional.of(catalog.held().keySet().stream()
                        .filter(id -> !catalog.specs().containsKey(id))
                        .collect(Collectors.toCollection(TreeSet::new))));
    }

    /** When the endpoints that nobody asks for any more are to go; a spec that comes back ends that. */
    private SortedMap<ResourceId, Instant> leaving(AdmittedCatalog now, AdmittedCatalog before) {
        LedgerView view = ledger.view();
        SortedMap<ResourceId, Instant> leaving =
                new TreeMap<>(view.admission().map(AdmissionEntry::leaving).orElse(new TreeMap<>()));
        leaving.keySet()
                .removeIf(id -> now.specs().containsKey(id)
                        || view.endpoint(id.name())
                                .filter(entry -> !entry.removed())
                                .isEmpty());
        for (Resource serving : before.all(Kind.SERVING)) {
            if (!now.specs().containsKey(serving.id())) {
                leaving.putIfAbsent(serving.id(), clock.instant().plus(((ServingSpec) serving.spec()).gracePeriod()));
            }
        }
        // What is on record and was not known before either: what it asked for is lost, and so is its own period.
        for (EndpointEntry endpoint : view.inventory()) {
            ResourceId id = new ResourceId(Kind.SERVING, endpoint.serving());
            if (!now.specs().containsKey(id) && !now.held().containsKey(id)) {
                leaving.putIfAbsent(id, clock.instant().plus(UNKNOWN_GRACE));
            }
        }
        return leaving;
    }

    /** Datasets that name the file that they named, of which this revision has other bytes. */
    private NavigableSet<ResourceId> newData(Map<ResourceId, DataBlob> now) {
        NavigableSet<ResourceId> changed = new TreeSet<>();
        now.forEach((id, data) -> Optional.ofNullable(dataBlobs.get(id))
                .filter(before -> before.path().equals(data.path()))
                .filter(before -> !before.blob().equals(data.blob()))
                .ifPresent(before -> changed.add(id)));
        return changed;
    }

    /** The data files in the repository that the specs name. */
    private static Map<ResourceId, DataBlob> dataBlobs(Snapshot snapshot, AdmittedCatalog catalog) {
        Map<ResourceId, DataBlob> blobs = new HashMap<>();
        for (Resource dataset : catalog.all(Kind.DATASET)) {
            if (!catalog.held().containsKey(dataset.id())) {
                ((DatasetSpec) dataset.spec())
                        .source()
                        .path()
                        .ifPresent(path -> Optional.ofNullable(snapshot.blobs().get(path))
                                .ifPresent(blob -> blobs.put(dataset.id(), new DataBlob(path, blob))));
            }
        }
        return blobs;
    }

    private NavigableSet<ResourceId> touched(
            Collection<ResourceId> changed,
            AdmittedCatalog catalog,
            AdmittedCatalog before,
            Map<ResourceId, DataBlob> data) {
        NavigableSet<ResourceId> touched = new TreeSet<>(changed);
        if (!catalog.inForce().equals(before.inForce())) {
            touched.addAll(catalog.specs().keySet());
        }
        catalog.specs().forEach((id, admitted) -> {
            Admitted former = before.specs().get(id);
            if (former != null && !former.form().file().equals(admitted.form().file())) {
                touched.add(id);
            }
        });
        for (Map<ResourceId, DataBlob> each : List.of(data, dataBlobs)) {
            each.keySet().stream()
                    .filter(id -> !Objects.equals(data.get(id), dataBlobs.get(id)))
                    .forEach(touched::add);
        }
        return touched;
    }

    private record DataBlob(String path, String blob) {}

    /** Resources that are acted on in another form than before, or are gone, or newly held back. */
    static NavigableSet<ResourceId> changed(AdmittedCatalog now, AdmittedCatalog before) {
        NavigableSet<ResourceId> ids = new TreeSet<>();
        now.specs().forEach((id, admitted) -> {
            Admitted former = before.specs().get(id);
            if (former == null
                    || !former.resource().digest().equals(admitted.resource().digest())) {
                ids.add(id);
            }
        });
        before.specs().keySet().stream()
                .filter(id -> !now.specs().containsKey(id))
                .forEach(ids::add);
        Set<ResourceId> held = new TreeSet<>(now.held().keySet());
        held.addAll(before.held().keySet());
        held.stream()
                .filter(id -> !Objects.equals(now.held().get(id), before.held().get(id)))
                .forEach(ids::add);
        return ids;
    }

    /** Whether the revision changes nothing in what the last one that was recorded said. */
    private boolean unchanged(AdmissionEntry entry) {
        return entry.changed().isEmpty()
                && entry.data().isEmpty()
                && ledger.view()
                        .admission()
                        .filter(last -> last.heldBack().equals(entry.heldBack())
                                && last.leaving().equals(entry.leaving())
                                && accepted(last).equals(accepted(entry))
                                && last.problems() == entry.problems())
                        .isPresent();
    }

    private static Optional<String> accepted(AdmissionEntry entry) {
        return entry.policies().flatMap(AdmissionEntry.Policies::accepted);
    }

    /** Other rules than those that admitted the revision may have judged it now. */
    private void judgedAgain(AdmissionEntry entry, List<? extends Entry> verdictEntries)
            throws Ledger.LedgerException, InterruptedException {
        if (!verdictEntries.isEmpty()) {
            ledger.record(
                    new Transition("judge " + entry.revision().shortened() + " again", List.copyOf(verdictEntries)));
        }
    }

    private void record(
            AdmissionEntry entry, List<? extends Entry> verdictEntries, AdmittedCatalog catalog, boolean elsewhere)
            throws Ledger.LedgerException, InterruptedException {
        if (elsewhere
                || ledger.view()
                        .admission()
                        .filter(last -> last.revision().equals(entry.revision())
                                && last.heldBack().equals(entry.heldBack()))
                        .isPresent()) {
            judgedAgain(entry, verdictEntries);
            return;
        }
        List<Entry> entries = new ArrayList<>(verdictEntries);
        entries.add(entry);
        entry.changed()
                .forEach(id -> Optional.ofNullable(catalog.held().get(id))
                        .ifPresent(held -> entries.add(
                                events.of(id, held.reason(), held.message(), Optional.of(entry.revision())))));
        entry.data()
                .forEach(id -> entries.add(
                        events.of(id, "NewData", "its data file has changed", Optional.of(entry.revision()))));
        ledger.record(new Transition("admit " + entry.revision().shortened(), entries));
    }
}
