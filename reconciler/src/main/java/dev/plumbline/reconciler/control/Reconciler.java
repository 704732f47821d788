package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.apply.Applier;
import dev.plumbline.reconciler.apply.EndpointMoves;
import dev.plumbline.reconciler.apply.RunOrders;
import dev.plumbline.reconciler.apply.TrainAction;
import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.oncall.Pardons;
import dev.plumbline.reconciler.oncall.Suspension;
import dev.plumbline.reconciler.oncall.Suspensions;
import dev.plumbline.reconciler.plan.Action;
import dev.plumbline.reconciler.plan.ActualState;
import dev.plumbline.reconciler.plan.NeededArtifacts;
import dev.plumbline.reconciler.plan.Plan;
import dev.plumbline.reconciler.plan.Planner;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.runtime.Endpoints;
import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.fault.Failpoint;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.ServingSpec;
import java.time.Duration;
import java.util.Optional;

/**
 * Brings one resource closer to its spec: gather, plan, apply the first action, again, until nothing is left or something
 * must be waited for. Idempotent; it never sleeps.
 */
final class Reconciler {
    /** The reason of a Training whose attempt is under way. */
    static final String TRAINING = "Training";

    private static final int MOST_STEPS = 20;
    private static final Duration SUSPENDED = Duration.ofMinutes(5);

    private final ActualStates actualStates;
    private final Planner planner;
    private final Applier applier;
    private final TrainAction training;
    private final EndpointMoves moves;
    private final Settlement settlement;
    private final Ledger ledger;
    private final Suspensions suspensions;
    private final Pardons pardons;
    private final RunOrders orders;

    Reconciler(
            ActualStates actualStates,
            Planner planner,
            Applier applier,
            TrainAction training,
            EndpointMoves moves,
            Settlement settlement,
            Ledger ledger,
            Suspensions suspensions,
            Pardons pardons,
            RunOrders orders) {
        this.actualStates = actualStates;
        this.planner = planner;
        this.applier = applier;
        this.training = training;
        this.moves = moves;
        this.settlement = settlement;
        this.ledger = ledger;
        this.suspensions = suspensions;
        this.pardons = pardons;
        this.orders = orders;
    }

    /**
     * What came of it.
     *
     * @param gathered what the last plan was made over; empty when nothing could be gathered
     * @param queued whether a run that it asks for waits for its turn
     */
    record Result(Outcome outcome, Optional<ActualStates.Gathered> gathered, boolean queued) {
        Result(Outcome outcome, Optional<ActualStates.Gathered> gathered) {
            this(outcome, gathered, outcome.reason().equals(TrainAction.QUEUED));
        }

        Result with(Outcome other) {
            return new Result(other, gathered, queued);
        }
    }

    /** Lets go of what is only known of resources that are. */
    void forget(ResourceId id) {
        if (id.kind() == Kind.SERVING) {
            moves.forget(id.name());
        }
    }

    Result reconcile(ResourceId id, AdmittedCatalog catalog) throws InterruptedException {
        if (ledger.fence().isPresent()) {
            return fenced(ledger.fence().get());
        }
        Optional<Result> came = Optional.empty();
        try {
            Optional<RunEntry> ended = trains(id) ? training.recordEnded(id) : Optional.empty();
            Optional<Resource> resource = catalog.resource(id);
            if (id.kind() == Kind.SERVING && !catalog.held().containsKey(id)) {
                observeMoves(id, resource, catalog);
            }
            suspensions.expire(id, catalog);
            Optional<String> pardon = pardons.of(id);
            if (pardon.isPresent()) {
                pardon(id, resource, catalog, pardon.get());
            }
            Result result = steps(id, resource, catalog, ended);
            came = Optional.of(result);
            return result;
        } catch (Ledger.LedgerException failure) {
            return ledger.fence()
                    .map(Reconciler::fenced)
                    .orElseGet(() -> failed("Ledger" + failure.reason(), failure.getMessage()));
        } catch (Endpoints.Unreachable unreachable) {
            return failed("Unreachable", unreachable.getMessage());
        } catch (Source.SourceException failure) {
            return failed("Source" + failure.reason(), failure.getMessage());
        } finally {
            if (trains(id)) {
                giveWay(id, came);
            }
        }
    }

    /** A Training, or a Serving whose lost artifact is made again. */
    private static boolean trains(ResourceId id) {
        return id.kind() == Kind.TRAINING || id.kind() == Kind.SERVING;
    }

    /** The record is another's to write, or not to be trusted: nothing is done before a person settles it. */
    private static Result fenced(Ledger.Fence fence) {
        return new Result(new Outcome.Stalled(fence.reason(), fence.message()), Optional.empty());
    }

    private static Result failed(String reason, String message) {
        return new Result(new Outcome.Failed(reason, message), Optional.empty());
    }

    private Result steps(ResourceId id, Optional<Resource> resource, AdmittedCatalog catalog, Optional<RunEntry> ended)
            throws InterruptedException, Endpoints.Unreachable {
        for (int step = 0; step < MOST_STEPS; step++) {
            ActualStates.Gathered gathered = actualStates.about(id, catalog);
            Plan plan = planner.plan(id, catalog, gathered.state());
            Optional<Suspension> suspended = suspensions.of(id, catalog);
            if (suspended.isPresent() && !plan.isEmpty() && !restores(plan, gathered.state())) {
                return new Result(waiting(suspended.get(), plan), Optional.of(gathered));
            }
            if (plan.isEmpty()) {
                Outcome outcome = resource.isPresent()
                        ? settlement.of(resource.get(), catalog, gathered)
                        : new Outcome.Ready("Gone", "no spec asks for it");
                return new Result(outcome, Optional.of(gathered));
            }
            Action action = plan.actions().getFirst();
            Failpoint.PLAN_MADE.hit();
            if (ended.isPresent() && again(action, ended.get())) {
                return new Result(spaced(ended.get()), Optional.of(gathered));
            }
            Outcome outcome = applier.apply(action, catalog);
            Optional<Action> instead = instead(plan, outcome);
            if (instead.isPresent()) {
                outcome = besides(outcome, applier.apply(instead.get(), catalog));
                action = instead.get();
            }
            boolean goesOn = outcome instanceof Outcome.Ready
                    || (outcome instanceof Outcome.Waiting waiting
                            && waiting.retryIn().isZero());
            if (!goesOn) {
                Result came = new Result(outcome, Optional.of(gathered));
                return action instanceof Action.Restore restore && resource.isPresent()
                        ? came.with(settlement.restoring(restore, outcome, resource.get(), catalog, gathered))
                        : came;
            }
        }
        return new Result(
                new Outcome.Failed("NotSettling", "its plan is not empty after " + MOST_STEPS + " actions"),
                Optional.empty());
    }

    /** What an endpoint moves to when the lost version that it names cannot be made again. */
    private static Optional<Action> instead(Plan plan, Outcome first) {
        return plan.actions().getFirst() instanceof Action.Restore && first instanceof Outcome.Stalled
                ? plan.actions().stream()
                        .filter(Action.Promote.class::isInstance)
                        .findFirst()
                : Optional.empty();
    }

    /** A promotion that is not possible either leaves a person with what is lost. */
    private static Outcome besides(Outcome lost, Outcome promoted) {
        return promoted instanceof Outcome.Stalled stalled
                ? new Outcome.Stalled(
                        lost.reason(),
                        lost.message() + "; no other version takes its place: " + stalled.reason() + ": "
                                + stalled.message())
                : promoted;
    }

    /** Whoever keeps a place without being looked at again would hold up all behind it. */
    private void giveWay(ResourceId id, Optional<Result> came) {
        if (came.isEmpty() || came.get().outcome() instanceof Outcome.Failed) {
            training.stepBack(id);
        } else if (!came.get().queued()) {
            training.leaveQueue(id);
        }
    }

    /** What was stopped is tried again because a person says so: as soon as it is known which run that is. */
    private void pardon(ResourceId id, Optional<Resource> asked, AdmittedCatalog catalog, String actor)
            throws Ledger.LedgerException, InterruptedException, Endpoints.Unreachable {
        if (id.kind() == Kind.TRAINING && asked.isPresent()) {
            RunId run = actualStates.about(id, catalog).state().asked().get(id);
            if (run == null) {
                return;
            }
            orders.forgive(asked.get(), run, catalog, actor);
        }
        if (id.kind() == Kind.SERVING && asked.isPresent()) {
            ActualState actual = actualStates.about(id, catalog).state();
            Optional<VersionEntry> lost = NeededArtifacts.toRestore(asked.get(), catalog, actual);
            if (lost.isPresent()) {
                orders.forgive(id, lost.get().run(), actor);
            }
        }
        pardons.settle(id, actor);
    }

    /** An endpoint that is gone though nobody asked for that is put back, also while nothing else is done. */
    private static boolean restores(Plan plan, ActualState actual) {
        return plan.actions().getFirst() instanceof Action.Serve serve
                && !actual.endpoints().containsKey(serve.resource().name())
                && serve.version().isPresent()
                && actual.ledger()
                        .applied(serve.resource().name())
                        .flatMap(EndpointEntry::stable)
                        .map(EndpointEntry.Service::version)
                        .equals(serve.version());
    }

    private Outcome waiting(Suspension suspended, Plan plan) {
        Action left = plan.actions().getFirst();
        return new Outcome.Waiting(
                Suspension.REASON,
                suspended.sentence() + "; left to do: " + left.name() + ", since " + left.reason(),
                suspended.until().map(suspensions::until).orElse(SUSPENDED));
    }

    /** Whether the action tries the run again whose attempt has just failed; that is not done at once. */
    private static boolean again(Action action, RunEntry ended) {
        return ended.status() == RunStatus.FAILED
                && switch (action) {
                    case Action.Train train -> train.run().equals(ended.run());
                    case Action.Restore restore -> restore.run().equals(ended.run());
                    case Action.Cancel _,
                            Action.Register _,
                            Action.Promote _,
                            Action.Serve _,
                            Action.Watch _,
                            Action.Remove _ -> false;
                };
    }

    private static Outcome spaced(RunEntry ended) {
        return new Outcome.Failed(
                ended.reason().orElse("Failed"),
                "attempt " + ended.attempt() + " failed and is tried again: "
                        + ended.message().orElse("it gave no reason"));
    }

    private void observeMoves(ResourceId id, Optional<Resource> serving, AdmittedCatalog catalog)
            throws Ledger.LedgerException, Source.SourceException, InterruptedException {
        String name = id.name();
        Optional<EndpointEntry> known = ledger.view().endpoint(name);
        if (serving.isEmpty() && known.filter(entry -> !entry.removed()).isEmpty()) {
            return;
        }
        EndpointEntry before = known.orElseGet(() ->
                EndpointEntry.fresh(name, ((ServingSpec) serving.orElseThrow().spec()).model()));
        Revision revision = catalog.revision().orElseThrow();
        EndpointEntry after = serving.isPresent()
                ? moves.observe(before, serving.get(), revision)
                : moves.observeRemoved(before, revision);
        boolean news = !after.named().equals(before.named())
                || !after.heldBack().equals(before.heldBack())
                || (serving.isPresent() && before.observed().isEmpty());
        if (news) {
            Failpoint.MOVE_OBSERVED.hit();
            ledger.record(Transition.of(
                    "see " + name + " at " + after.observed().orElseThrow().shortened(), after));
            Failpoint.MOVE_RECORDED.hit();
        }
    }

    /** After how long an outcome asks for another look; failures are the caller's to space out. */
    static Optional<Duration> lookAgain(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ready ready -> Optional.empty();
            case Outcome.Stalled stalled -> Optional.empty();
            case Outcome.Failed failed -> Optional.empty();
            case Outcome.Waiting waiting -> Optional.of(waiting.retryIn());
        };
    }
}
