package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.apply.TrainAction;
import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.catalog.AdmittedCatalog.Held;
import dev.plumbline.reconciler.oncall.Breaker;
import dev.plumbline.reconciler.oncall.Suspension;
import dev.plumbline.reconciler.oncall.Suspensions;
import dev.plumbline.reconciler.plan.ActualState;
import dev.plumbline.reconciler.plan.Candidate;
import dev.plumbline.reconciler.status.Conditions;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.reconciler.status.Reason;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.reconciler.status.StatusBoard;
import dev.plumbline.runtime.EndpointConfiguration.ServedVersion;
import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.runtime.TrainingProgress;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.MonitoringSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.TrainingSpec;
import dev.plumbline.schemas.model.VersionName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at one resource: reconciles it, reports how it stands, and says when to look again. Thread-safe. */
final class ResourceWorker implements WorkQueue.Worker {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceWorker.class);

    private static final Set<String> UNDER_WAY = Set.of(Reconciler.TRAINING, TrainAction.QUEUED);

    private final Reconciler reconciler;
    private final Supplier<AdmittedCatalog> catalog;
    private final StatusBoard board;
    private final Conditions conditions;
    private final Troubles troubles;
    private final ResourceLocks locks;
    private final Backoff backoff;
    private final Breaker breaker;
    private final Suspensions suspensions;
    private final Neighbours neighbours;
    private final LoopMetrics metrics;
    private final Clock clock;
    private final Map<ResourceId, Failure> failures = new ConcurrentHashMap<>();
    private final Set<ResourceId> forgiven = ConcurrentHashMap.newKeySet();

    ResourceWorker(
            Reconciler reconciler,
            Supplier<AdmittedCatalog> catalog,
            StatusBoard board,
            Troubles troubles,
            ResourceLocks locks,
            Backoff backoff,
            Breaker breaker,
            Suspensions suspensions,
            Neighbours neighbours,
            LoopMetrics metrics,
            Clock clock) {
        this.reconciler = reconciler;
        this.catalog = catalog;
        this.board = board;
        this.conditions = new Conditions(clock);
        this.troubles = troubles;
        this.locks = locks;
        this.backoff = backoff;
        this.breaker = breaker;
        this.suspensions = suspensions;
        this.neighbours = neighbours;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Failures in a row of one form of a resource. */
    private record Failure(int count, Instant retryAt, Duration patience, Optional<Digest> form) {
        /** How long it is still to be left alone; a clock that was set back makes that no longer than it was. */
        Duration left(Instant now) {
            Duration left = Duration.between(now, retryAt);
            return left.compareTo(patience) > 0 ? Duration.ZERO : left;
        }
    }

    @Override
    public Optional<Duration> run(ResourceId id) throws InterruptedException {
        board.begin(id);
        AdmittedCatalog admitted = catalog.get();
        if (admitted.revision().isEmpty() || onlyHeld(id, admitted)) {
            return Optional.empty();
        }
        Optional<Digest> form = admitted.resource(id).map(Resource::digest);
        if (forgiven.remove(id)) {
            failures.remove(id);
        }
        Failure failure = failures.get(id);
        if (failure != null && failure.form().equals(form)) {
            Duration left = failure.left(clock.instant());
            if (left.isPositive()) {
                return Optional.of(left);
            }
        }
        try {
            return look(id, form, admitted);
        } catch (RuntimeException bug) {
            Outcome outcome = breaker.after(id, admitted, bug(id, bug));
            report(id, admitted, new Reconciler.Result(outcome, Optional.empty()), Optional.empty());
            return next(id, form, outcome);
        }
    }

    private Optional<Duration> look(ResourceId id, Optional<Digest> form, AdmittedCatalog admitted)
            throws InterruptedException {
        if (admitted.resource(id).isPresent()) {
            begin(id, admitted);
        }
        Instant began = clock.instant();
        Reconciler.Result result;
        try (ResourceLocks.Held _ = locks.lock(id)) {
            result = attempt(id, admitted);
        }
        troubles.note(id, result.outcome(), admitted.revision(), began);
        metrics.reconciled(id.kind(), result.outcome(), Duration.between(began, clock.instant()));
        if (admitted.resource(id).isEmpty() && result.outcome() instanceof Outcome.Ready) {
            forget(id);
            return Optional.empty();
        }
        Optional<Suspension> suspended = suspensions.of(id, admitted);
        report(id, admitted, result, suspended);
        Optional<Duration> again = next(id, form, result.outcome());
        if (catalog.get() != admitted) {
            // Another revision came meanwhile, and what was just reported is of the one before it.
            return Optional.of(Duration.ZERO);
        }
        return suspended.flatMap(Suspension::until).map(suspensions::until).or(() -> again);
    }

    private Reconciler.Result attempt(ResourceId id, AdmittedCatalog admitted) throws InterruptedException {
        Optional<Outcome> open = breaker.open(id, admitted);
        if (open.isPresent()) {
            return new Reconciler.Result(open.get(), Optional.empty());
        }
        Reconciler.Result result;
        try {
            result = reconciler.reconcile(id, admitted);
        } catch (RuntimeException bug) {
            result = new Reconciler.Result(bug(id, bug), Optional.empty());
        }
        return result.with(breaker.after(id, admitted, result.outcome()));
    }

    /** A bug is a failure like any other: it is tried again, and not for ever. */
    private static Outcome bug(ResourceId id, RuntimeException bug) {
        LOG.error("reconcile failed by a bug kind={} name={}", id.kind().label(), id.name(), bug);
        return new Outcome.Failed(Reason.BUG.label(), "Plumbline failed on this resource: its log says how");
    }

    /** Whether there is nothing to act on: no form of it was ever admitted. */
    private static boolean onlyHeld(ResourceId id, AdmittedCatalog admitted) {
        return admitted.held().containsKey(id) && admitted.resource(id).isEmpty();
    }

    private void forget(ResourceId id) {
        failures.remove(id);
        forgiven.remove(id);
        breaker.reset(id);
        troubles.forget(id);
        reconciler.forget(id);
        board.forget(id);
        neighbours.wake(neighbours.after(id, Optional.empty()));
        metrics.forget(id);
    }

    /** Clears what keeps a resource from being tried at its next look, also what a look under way is about to find. */
    void forgive(ResourceId id) {
        forgiven.add(id);
    }

    private Optional<Duration> next(ResourceId id, Optional<Digest> form, Outcome outcome) {
        if (outcome instanceof Outcome.Failed) {
            Failure before = failures.get(id);
            int count = before != null && before.form().equals(form) ? before.count() + 1 : 1;
            Duration wait = backoff.after(count);
            failures.put(id, new Failure(count, clock.instant().plus(wait), wait, form));
            LOG.info(
                    "resource failed kind={} name={} reason={} failures={} message={}",
                    id.kind().label(),
                    id.name(),
                    outcome.reason(),
                    count,
                    outcome.message());
            return Optional.of(wait);
        }
        // An attempt that was begun has not succeeded yet: its failures go on counting.
        if (!(outcome instanceof Outcome.Waiting && UNDER_WAY.contains(outcome.reason()))) {
            failures.remove(id);
        }
        return Reconciler.lookAgain(outcome);
    }

    private void begin(ResourceId id, AdmittedCatalog admitted) {
        Optional<Revision> revision = admitted.revision();
        board.update(
                id,
                known -> new ResourceStatus(
                        id,
                        admitted.resource(id).map(Resource::file),
                        known.version(),
                        known.digest(),
                        known.observedRevision(),
                        revision,
                        known.appliedRevision(),
                        known.conditions(),
                        known.progress(),
                        known.window()));
    }

    private void report(
            ResourceId id, AdmittedCatalog admitted, Reconciler.Result result, Optional<Suspension> suspended) {
        Outcome outcome = result.outcome();
        Optional<Outcome> held = Optional.ofNullable(admitted.held().get(id)).map(ResourceWorker::stalled);
        Optional<ActualState> actual = result.gathered().map(ActualStates.Gathered::state);
        Collection<ResourceId> concerned = board.report(
                id,
                known -> new ResourceStatus(
                        id,
                        known.file(),
                        actual.map(state -> version(id, admitted, state)).orElse(known.version()),
                        actual.map(state -> digest(id, admitted, state)).orElse(known.digest()),
                        // With its conditions and not before them: whoever waits for a revision reads these.
                        admitted.revision(),
                        known.attemptedRevision(),
                        outcome instanceof Outcome.Ready && held.isEmpty()
                                ? admitted.revision()
                                : known.appliedRevision(),
                        conditions.after(
                                outcome,
                                held,
                                suspended.map(Suspension::sentence),
                                outdated(id, admitted),
                                known.conditions()),
                        progress(outcome, known),
                        actual.flatMap(state -> window(id, admitted, state)).or(known::window)),
                found -> neighbours.after(id, Optional.of(found)),
                next -> next.with(conditions.neighbourChanged(id, next.conditions())));
        neighbours.wake(concerned);
        board.find(id).ifPresent(metrics::ready);
    }

    /** What an endpoint serves is no better than the spec of its model. */
    private static Optional<String> outdated(ResourceId id, AdmittedCatalog admitted) {
        return Stream.concat(
                        Stream.of(id),
                        admitted.resource(id).map(Resource::spec).stream()
                                .filter(ServingSpec.class::isInstance)
                                .map(spec -> new ResourceId(Kind.MODEL, ((ServingSpec) spec).model())))
                .filter(each -> admitted.outdated().containsKey(each))
                .map(each -> each + " would not be admitted by the policies of now, and is acted on as before: "
                        + admitted.outdated().get(each))
                .findFirst();
    }

    static Outcome stalled(Held held) {
        return new Outcome.Stalled(held.reason(), held.message());
    }

    private static Optional<TrainingProgress> progress(Outcome outcome, ResourceStatus known) {
        return "Training".equals(outcome.reason()) ? known.progress() : Optional.empty();
    }

    private static Optional<VersionName> version(ResourceId id, AdmittedCatalog admitted, ActualState actual) {
        return switch (id.kind()) {
            case MODEL, DATASET, MONITORING -> Optional.empty();
            case TRAINING ->
                admitted.resource(id)
                        .map(each -> ((TrainingSpec) each.spec()).model())
                        .flatMap(model -> Candidate.of(model, admitted, actual));
            case SERVING -> served(id, actual).map(ServedVersion::version);
        };
    }

    private static Optional<Digest> digest(ResourceId id, AdmittedCatalog admitted, ActualState actual) {
        return id.kind() == Kind.SERVING
                ? served(id, actual).map(ServedVersion::digest)
                : version(id, admitted, actual)
                        .flatMap(actual.ledger()::version)
                        .map(each -> each.digest());
    }

    private static Optional<ServedVersion> served(ResourceId id, ActualState actual) {
        return Optional.ofNullable(actual.endpoints().get(id.name()))
                .map(EndpointObservation::configuration)
                .flatMap(each -> each.stable());
    }

    private static Optional<EndpointObservation.Window> window(
            ResourceId id, AdmittedCatalog admitted, ActualState actual) {
        return switch (id.kind()) {
            case MODEL, DATASET, TRAINING -> Optional.empty();
            case SERVING -> ActualStates.window(actual, id.name());
            case MONITORING ->
                admitted.resource(id)
                        .map(each -> (MonitoringSpec) each.spec())
                        .flatMap(each -> ActualStates.window(actual, each.serving()));
        };
    }
}
