package dev.plumbline.reconciler.app;

import dev.plumbline.policy.Circumstances;
import dev.plumbline.policy.Judge;
import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.reconciler.apply.AskedRuns;
import dev.plumbline.reconciler.apply.DataFiles;
import dev.plumbline.reconciler.apply.Readings;
import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.catalog.CatalogLoader;
import dev.plumbline.reconciler.catalog.FormerAdmission;
import dev.plumbline.reconciler.catalog.PolicyAdmission;
import dev.plumbline.reconciler.catalog.PolicyBase;
import dev.plumbline.reconciler.catalog.RemovalConfirmations;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.session.PlanOptions;
import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.plan.Action;
import dev.plumbline.reconciler.plan.ActualState;
import dev.plumbline.reconciler.plan.Plan;
import dev.plumbline.reconciler.plan.Planner;
import dev.plumbline.reconciler.plan.WantedEndpoint;
import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.git.WorkingTree;
import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.runtime.RunId;
import dev.plumbline.runtime.artifact.FileArtifactStore;
import dev.plumbline.runtime.data.DatasetReader;
import dev.plumbline.runtime.data.LocalDatasets;
import dev.plumbline.runtime.training.LocalTrainer;
import dev.plumbline.schemas.SpecReader;
import dev.plumbline.schemas.catalog.CatalogReading;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.ServingSpec;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A plan made in a person's clone, by the planner that the loop uses. What is live is what the ledger says; with a
 * starting commit it is what that commit asks for, as if it had been reached.
 */
final class LocalPlan {
    private final PlanOptions options;
    private final Judge judge;
    private final LedgerView ledger;
    private final Clock clock;
    private final Consumer<String> notes;

    LocalPlan(PlanOptions options, PolicyEngine policy, LedgerView ledger, Clock clock, Consumer<String> notes) {
        this.options = options;
        this.judge = new Judge(policy, id -> Optional.empty());
        this.ledger = ledger;
        this.clock = clock;
        this.notes = notes;
    }

    Plan plan() throws CommandException, InterruptedException {
        Path scratch = scratch();
        try (WorkingTree source = WorkingTree.around(options.repository(), options.root());
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            AskedRuns runs = new AskedRuns(
                    // Whoever asks for a plan may read what they may read.
                    new DataFiles(source, new FileArtifactStore(scratch), List.of(Path.of("/"))),
                    new Readings(new LocalDatasets(new DatasetReader()), new RecordsNothing(ledger), threads),
                    LocalTrainer.FORMAT);
            return plan(source, runs);
        } catch (IllegalArgumentException wrong) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(wrong.getMessage()), Optional.empty(), wrong);
        } catch (Source.SourceException failure) {
            throw new CommandException(
                    ExitCode.USAGE, failure.getMessage(), Optional.of("stand in a clone of the repository"), failure);
        } finally {
            remove(scratch);
        }
    }

    private Plan plan(WorkingTree source, AskedRuns runs)
            throws CommandException, Source.SourceException, InterruptedException {
        Optional<AdmissionEntry> admission = ledger.admission();
        Optional<Revision> live = admission.map(AdmissionEntry::revision);
        Optional<Revision> begin = options.from().isPresent()
                ? Optional.of(commit(source, options.from().get()))
                : live.filter(source::holds);
        Optional<Admitted> started = begin.isPresent()
                ? Optional.of(started(
                        source,
                        source.at(begin.get()),
                        admission.filter(entry -> begin.get().equals(entry.revision()))))
                : Optional.empty();
        AdmittedCatalog before = started.map(Admitted::catalog).orElse(AdmittedCatalog.EMPTY);
        Optional<String> to = options.to();
        Snapshot end = to.isPresent()
                ? source.at(commit(source, to.get()))
                : source.fetch().orElseThrow();
        if (options.from().isEmpty() && live.isPresent() && !source.contains(to.orElse("HEAD"), live.get())) {
            notes.accept((to.isPresent() ? to.get() : "the working tree") + " is behind what is live: it lacks commit "
                    + live.get().shortened() + ", so a part of this plan would take back what that brought;"
                    + " `git pull` first");
        }
        AdmittedCatalog after =
                admitted(source, end, before, started.map(Admitted::last)).catalog();
        if (options.from().isEmpty() && live.isPresent() && begin.isEmpty()) {
            // What is live cannot be read in this clone; its specs are taken to be those here, its versions are known.
            before = after;
        }
        tellHeld(after);
        List<Action> actions = new ArrayList<>(actions(after, before, runs));
        if (options.from().isPresent()) {
            // What the starting commit asks for just the same is no change.
            actions.removeAll(actions(before, before, runs));
        }
        return new Plan(
                options.from().isPresent() ? begin.orElseThrow().id() : "live",
                to.isPresent() ? end.revision().id() : "working tree",
                actions);
    }

    /** What holds many back for one reason is told once. */
    private void tellHeld(AdmittedCatalog catalog) {
        Map<String, List<ResourceId>> told = new LinkedHashMap<>();
        catalog.held()
                .forEach((id, held) -> told.computeIfAbsent(held.message(), why -> new ArrayList<>())
                        .add(id));
        told.forEach((why, ids) -> notes.accept((ids.size() > 3
                        ? ids.size() + " resources"
                        : ids.stream().map(ResourceId::toString).collect(Collectors.joining(", ")))
                + " would be held back: " + why));
    }

    private static Revision commit(WorkingTree source, String name) throws CommandException {
        try {
            return source.resolve(name);
        } catch (Source.SourceException failure) {
            throw new CommandException(
                    ExitCode.USAGE,
                    failure.getMessage(),
                    Optional.of("name a branch, a tag or a commit of this clone; `git fetch` gets those of the remote"),
                    failure);
        }
    }

    private List<Action> actions(AdmittedCatalog wanted, AdmittedCatalog before, AskedRuns runs)
            throws InterruptedException {
        ActualState actual = new ActualState(ledger, endpoints(before), asked(wanted, runs), running(), Set.of());
        return new Planner().plan(wanted, actual).actions();
    }

    /** A revision as it would be acted on, and by what it was judged. */
    private record Admitted(AdmittedCatalog catalog, PolicyBase.Last last) {}

    /** What is live is what was admitted, which may hold back a part of its revision. */
    private Admitted started(Source source, Snapshot start, Optional<AdmissionEntry> live)
            throws Source.SourceException {
        AdmittedCatalog before = live.isPresent() && options.from().isEmpty()
                ? new FormerAdmission(new CatalogLoader(new SpecReader()), new SpecReader()).of(live.get(), start)
                : AdmittedCatalog.EMPTY;
        return admitted(source, start, before, live.map(PolicyBase.Last::of));
    }

    private Admitted admitted(Source source, Snapshot snapshot, AdmittedCatalog before, Optional<PolicyBase.Last> last)
            throws Source.SourceException {
        CatalogReading reading = new CatalogLoader(new SpecReader()).load(snapshot);
        PolicyBase.Judged by = new PolicyBase(source).of(snapshot, last);
        by.problems()
                .forEach(problem -> notes.accept(problem.file() + ":" + problem.line() + ": " + problem.message()));
        PolicyAdmission.Answers answers = new PolicyAdmission(() -> ledger)
                .answers(
                        snapshot,
                        reading,
                        by,
                        judge.policy(),
                        (questions, data) -> judge.judge(questions, Circumstances.of(data, clock.instant())));
        AdmittedCatalog catalog = new RemovalConfirmations(source, new SpecReader(), options.environment())
                .admit(snapshot, reading, answers.denied(), before);
        return new Admitted(
                catalog.under(by.inForce(catalog.resources(), snapshot)),
                new PolicyBase.Last(snapshot.revision(), Optional.of(by.entry())));
    }

    private Map<ResourceId, RunId> asked(AdmittedCatalog catalog, AskedRuns runs) throws InterruptedException {
        Map<ResourceId, RunId> asked = new HashMap<>();
        for (Resource training : catalog.all(Kind.TRAINING)) {
            switch (runs.of(training, catalog)) {
                case AskedRuns.Asked.Run run ->
                    asked.put(training.id(), run.inputs().id());
                case AskedRuns.Asked.Blocked blocked ->
                    notes.accept(training.id() + " cannot be planned: "
                            + blocked.why().message());
            }
        }
        return asked;
    }

    /** Each endpoint as the specs before ask for it, with the version that they name or that serves. */
    private Map<String, EndpointObservation> endpoints(AdmittedCatalog before) {
        Map<String, EndpointObservation> live = new HashMap<>();
        for (Resource serving : before.all(Kind.SERVING)) {
            String name = serving.id().name();
            Optional<EndpointEntry> entry = ledger.applied(name);
            if (options.from().isPresent() || entry.isPresent()) {
                Optional<VersionEntry> version = options.from().isPresent()
                        ? ((ServingSpec) serving.spec()).named().flatMap(ledger::version)
                        : entry.flatMap(EndpointEntry::stable)
                                .map(EndpointEntry.Service::version)
                                .flatMap(ledger::version);
                live.put(
                        name,
                        new EndpointObservation(WantedEndpoint.of(serving, version, before, ledger), Optional.empty()));
            }
        }
        return live;
    }

    private Map<ResourceId, RunId> running() {
        return ledger.runs().stream()
                .filter(RunEntry::underWay)
                .collect(Collectors.toMap(
                        run -> new ResourceId(Kind.TRAINING, run.training()),
                        RunEntry::run,
                        (newest, older) -> newest));
    }

    private static Path scratch() throws CommandException {
        try {
            return Files.createTempDirectory("plumb-plan");
        } catch (IOException e) {
            throw new CommandException(ExitCode.UNREACHABLE, "no temporary folder can be made", Optional.empty(), e);
        }
    }

    private static void remove(Path folder) throws CommandException {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure) throws IOException {
                    Files.delete(each);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.UNREACHABLE, "the temporary folder of the plan cannot be removed", Optional.empty(), e);
        }
    }
}
