package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.apply.DataFiles;
import dev.plumbline.reconciler.apply.Promotion;
import dev.plumbline.reconciler.apply.TrainAction;
import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.oncall.Suspension;
import dev.plumbline.reconciler.oncall.Suspensions;
import dev.plumbline.reconciler.plan.Plan;
import dev.plumbline.reconciler.plan.Planner;
import dev.plumbline.reconciler.plan.RollbackTarget;
import dev.plumbline.reconciler.queue.TrainingQueue;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.status.Reason;
import dev.plumbline.reconciler.status.StatusBoard;
import dev.plumbline.runtime.Endpoints;
import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.VersionName;
import dev.plumbline.schemas.policies.PolicyData;
import dev.plumbline.schemas.policies.PolicyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link Operations} on a running loop. */
final class LoopOperations implements Operations {
    private static final Warning UNSIGNED = new Warning(
            "LedgerUnsigned",
            "no key signs the ledger, so whoever can push its branch can write what was never decided: name a key as"
                    + " git.signingKeyFile in the configuration");

    private final ControlLoop loop;
    private final Ledger ledger;
    private final StatusBoard board;
    private final ActualStates actualStates;
    private final Planner planner;
    private final Promotion promotion;
    private final TrainAction training;
    private final ResourceLocks locks;
    private final Runnable lookEarly;
    private final String branch;
    private final Interventions interventions;
    private final Suspensions suspensions;
    private final TrainingQueue turns;
    private final PolicyWatch policy;

    LoopOperations(
            ControlLoop loop,
            Ledger ledger,
            StatusBoard board,
            ActualStates actualStates,
            Planner planner,
            Promotion promotion,
            TrainAction training,
            ResourceLocks locks,
            Runnable lookEarly,
            String branch,
            Interventions interventions,
            Suspensions suspensions,
            TrainingQueue turns,
            PolicyWatch policy) {
        this.loop = loop;
        this.ledger = ledger;
        this.board = board;
        this.actualStates = actualStates;
        this.planner = planner;
        this.promotion = promotion;
        this.training = training;
        this.locks = locks;
        this.lookEarly = lookEarly;
        this.branch = branch;
        this.interventions = interventions;
        this.suspensions = suspensions;
        this.turns = turns;
        this.policy = policy;
    }

    @Override
    public State state() {
        long generation = board.generation();
        LoopReport report = loop.report();
        return new State(
                generation,
                report.fetched(),
                ledger.view().admission().map(AdmissionEntry::at),
                report.lastFetch(),
                report.sourceProblem(),
                report.sourceProblemSince(),
                report.problems(),
                board.all(),
                turns.places());
    }

    private static Warning ending(PolicyException exception) {
        return new Warning(
                Reason.EXCEPTION_ENDS.label(),
                "the exception of " + exception.resource() + " from " + exception.rule() + " holds until "
                        + exception.expires() + "; nothing new passes by it then: mend what it excuses, or have "
                        + exception.approver() + " grant it again in " + PolicyData.FILE);
    }

    @Override
    public List<Warning> warnings() {
        List<Warning> warnings = new ArrayList<>();
        ledger.fence()
                .map(fence -> new Warning(fence.reason(), fence.message()))
                .or(() -> ledger.trouble().map(LoopOperations::unpushed))
                .ifPresent(warnings::add);
        ledger.unvouched().map(LoopOperations::unvouched).ifPresent(warnings::add);
        loop.frozen().ifPresent(why -> warnings.add(new Warning(Reason.HISTORY_REWRITTEN.label(), why)));
        loop.clockSet().ifPresent(what -> warnings.add(new Warning(Reason.CLOCK_JUMPED.label(), what)));
        loop.endingSoon().forEach(each -> warnings.add(ending(each)));
        policy.warning().ifPresent(why -> warnings.add(new Warning(Reason.POLICY_UNAVAILABLE.label(), why)));
        if (!ledger.signed()) {
            warnings.add(UNSIGNED);
        }
        return warnings;
    }

    private static Warning unvouched(String why) {
        return new Warning(
                Reason.LEDGER_UNVOUCHED.label(),
                "no checkpoint of the ledger could be signed and pushed: " + why.strip()
                        + (why.strip().endsWith(".") ? "" : ".")
                        + " It is tried again every hour. Until then records that somebody takes off its end since the last"
                        + " one are missed by nobody who has no copy of them");
    }

    private static Warning unpushed(String why) {
        return new Warning(
                Reason.LEDGER_UNPUSHED.label(),
                why.strip() + (why.strip().endsWith(".") ? "" : ".")
                        + " What is recorded waits here until the remote takes it; numbers and promotions wait with it."
                        + " Let the remote answer and take the branch, or take what does not belong there out of it");
    }

    @Override
    public LedgerView ledger() {
        return ledger.view();
    }

    @Override
    public List<Resource> resources() {
        return loop.report().catalog().specs().values().stream()
                .map(AdmittedCatalog.Admitted::resource)
                .toList();
    }

    @Override
    public Plan plan() throws Refused, InterruptedException {
        AdmittedCatalog catalog = loop.report().catalog();
        boolean lost = catalog.revision().isEmpty() && ledger.view().admission().isPresent();
        Optional<String> unknown = loop.report().sourceProblem().filter(why -> lost);
        if (unknown.isPresent()) {
            throw new Refused("unreachable", unknown.get(), Optional.empty());
        }
        try {
            return planner.plan(catalog, actualStates.everything(catalog).state());
        } catch (Endpoints.Unreachable unreachable) {
            throw new Refused("unreachable", unreachable.getMessage(), Optional.empty());
        }
    }

    @Override
    public Optional<Admitted> look(Optional<Revision> revision, Duration wait) throws InterruptedException {
        long until = System.nanoTime() + wait.toNanos();
        long seen = loop.report().looks();
        lookEarly.run();
        while (true) {
            long generation = board.generation();
            LoopReport report = loop.report();
            boolean there = revision.isPresent()
                    ? report.admission()
                            .filter(each -> each.revision().equals(revision.get()))
                            .isPresent()
                    : report.looks() > seen;
            Duration left = Duration.ofNanos(until - System.nanoTime());
            if (there) {
                return report.admission().map(each -> new Admitted(each, report.problems()));
            }
            if (left.isNegative() || left.isZero()) {
                return Optional.empty();
            }
            board.await(generation, left);
        }
    }

    @Override
    public boolean includes(Revision later, Revision earlier) {
        return loop.includes(later, earlier);
    }

    @Override
    public Interventions interventions() {
        return interventions;
    }

    @Override
    public State awaitChange(long generation, Duration wait) throws InterruptedException {
        board.await(generation, wait);
        return state();
    }

    @Override
    public Written write(Change change) throws Refused, InterruptedException {
        ResourceId id = new ResourceId(Kind.SERVING, change.serving());
        try (ResourceLocks.Held _ = locks.lock(id)) {
            return writeAlone(id, change);
        } catch (Ledger.LedgerException failure) {
            throw ledger.fence()
                    .map(Refused::fenced)
                    .orElseGet(() -> new Refused(
                            "unreachable", failure.getMessage(), Optional.of("try again when the remote answers")));
        } catch (DataFiles.Unavailable unavailable) {
            throw new Refused("unreachable", unavailable.getMessage(), Optional.empty());
        }
    }

    private Written writeAlone(ResourceId id, Change change)
            throws Refused, InterruptedException, Ledger.LedgerException, DataFiles.Unavailable {
        AdmittedCatalog catalog = loop.report().catalog();
        Resource serving = catalog.resource(id)
                .orElseThrow(() -> new Refused(
                        "not-found", "there is no " + id, Optional.of("`plumb get serving` lists what there is")));
        if (catalog.held().containsKey(id)) {
            throw new Refused("denied", id + " is held back: mend its spec first", Optional.empty());
        }
        Optional<Suspension> suspended = suspensions.of(id, catalog);
        if (suspended.isPresent()) {
            throw new Refused(
                    "denied",
                    id + " is " + suspended.get().words(),
                    Optional.of(suspended.get().remedy()));
        }
        VersionEntry to = target(serving, change);
        ServingSpec spec = (ServingSpec) serving.spec();
        if (spec.named().equals(Optional.of(to.version()))) {
            throw new Refused("denied", id + " already names " + to.version(), Optional.empty());
        }
        boolean served = ledger.view()
                .endpoint(id.name())
                .filter(entry -> entry.served(to.version()))
                .isPresent();
        if (change.rollback() && !served) {
            throw new Refused(
                    "denied",
                    to.version() + " never served in " + id + ", so moving to it is a promotion",
                    Optional.of("`plumb promote " + id.name() + " --to "
                            + to.version().label() + "` asks the gate for it"));
        }
        Promotion.Result result = promotion.write(new Promotion.Order(
                serving,
                catalog.revision().orElseThrow(),
                to,
                change.rollback(),
                Optional.of(change.requestedBy()),
                change.reason().orElse("Asked for by " + change.requestedBy() + ".")));
        return written(to.version(), result);
    }

    private VersionEntry target(Resource serving, Change change) throws Refused {
        ServingSpec spec = (ServingSpec) serving.spec();
        String name = serving.id().name();
        VersionName version = change.to().isPresent() ? change.to().get() : previous(name, spec);
        return ledger.view()
                .version(version)
                .orElseThrow(() -> new Refused(
                        "not-found",
                        "there is no version " + version,
                        Optional.of("`plumb versions " + spec.model() + "` lists what there is")));
    }

    private VersionName previous(String serving, ServingSpec spec) throws Refused {
        RollbackTarget target = new RollbackTarget(
                ledger.view().endpoint(serving).orElseGet(() -> EndpointEntry.fresh(serving, spec.model())),
                spec.named());
        if (target.version().isPresent()) {
            return target.version().get();
        }
        String choices = target.choices();
        throw new Refused(
                "not-found",
                "nothing served in Serving/" + serving + " before "
                        + spec.named().map(VersionName::label).orElse("now") + " that was not itself taken back",
                Optional.of(
                        choices.isEmpty()
                                ? "no other version served there yet; `plumb history " + serving + "` shows what did"
                                : "name one with --to; others that served: " + choices));
    }

    private Written written(VersionName version, Promotion.Result result) throws Refused {
        return switch (result) {
            case Promotion.Result.Written written -> {
                lookEarly.run();
                yield new Written(written.commit(), branch, version, Optional.empty());
            }
            case Promotion.Result.Aside aside ->
                new Written(
                        aside.commit(),
                        aside.branch(),
                        version,
                        Optional.of(aside.refusal()
                                        .map(words -> "the remote would not take it on " + branch + ": " + words.strip()
                                                + "; ")
                                        .orElse("")
                                + "merge " + aside.branch() + " to complete it"));
            case Promotion.Result.Denied denied ->
                throw new Refused("denied", denied.verdict().explanation(), Optional.empty());
            case Promotion.Result.Raced raced -> {
                lookEarly.run();
                throw new Refused(
                        "raced",
                        "somebody pushed at the same time",
                        Optional.of("look at the new head, and try again"));
            }
            case Promotion.Result.Frozen frozen -> throw new Refused("denied", frozen.why(), Optional.empty());
            case Promotion.Result.Unwritable unwritable ->
                throw new Refused("denied", unwritable.message(), Optional.empty());
            case Promotion.Result.Failed failed ->
                throw new Refused("unreachable", failed.reason() + ": " + failed.message(), Optional.empty());
        };
    }

    @Override
    public void acceptHistory(Revision revision, String actor, String reason) throws Refused, InterruptedException {
        try {
            loop.acceptHistory(revision, actor, reason);
        } catch (Source.SourceException failure) {
            throw new Refused(
                    "NotFound".equals(failure.reason()) ? "not-found" : "unreachable",
                    failure.getMessage(),
                    Optional.of("`plumb status` tells whether a rewritten history waits, and the revision to accept"));
        } catch (Ledger.LedgerException failure) {
            throw new Refused("unreachable", failure.getMessage(), Optional.empty());
        }
        lookEarly.run();
    }

    @Override
    public Optional<Path> output(RunId run) {
        return ledger.view()
                .run(run)
                .map(entry -> training.directory(run, entry.attempt()).resolve("output.log"))
                .filter(Files::isRegularFile);
    }
}
