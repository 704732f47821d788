package dev.plumbline.reconciler.control;

import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.reconciler.ledger.LedgerHealth;
import dev.plumbline.reconciler.status.Condition;
import dev.plumbline.reconciler.status.ConditionType;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.reconciler.status.Reason;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What operators watch of the loop. Thread-safe. */
public final class LoopMetrics {
    private final MeterRegistry registry;
    private final AtomicLong lastFetch = new AtomicLong();
    private final AtomicLong appliedAt = new AtomicLong();
    private final AtomicInteger problems = new AtomicInteger();
    private Optional<Gauge> applied = Optional.empty();
    private String appliedName = "";
    private final Map<ResourceId, Readiness> ready = new ConcurrentHashMap<>();
    private final Map<ResourceId, Marked> stalled = new ConcurrentHashMap<>();
    private final Map<ResourceId, Marked> suspended = new ConcurrentHashMap<>();

    /** Metrics in this registry. */
    public LoopMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("plumbline.source.last.fetch.seconds", lastFetch, AtomicLong::get)
                .description("When the source was last read with success, in seconds since 1970")
                .register(registry);
        Gauge.builder("plumbline.revision.applied.seconds", appliedAt, AtomicLong::get)
                .description("When a revision was last admitted and acted on, in seconds since 1970")
                .register(registry);
        Gauge.builder("plumbline.spec.problems", problems, AtomicInteger::get)
                .description("Errors in the files of the newest revision")
                .register(registry);
    }

    /** The same engine, counted. */
    PolicyWatch watched(PolicyEngine engine) {
        return new PolicyWatch(engine, registry);
    }

    /** What keeps anything new from being followed or decided; the series are there from the start, as alerts need them. */
    void frozen(Supplier<List<Operations.Warning>> warnings) {
        for (Reason reason : Operations.Warning.FREEZES) {
            Gauge.builder(
                            "plumbline.frozen",
                            () -> warnings.get().stream()
                                            .anyMatch(each -> each.reason().equals(reason.label()))
                                    ? 1
                                    : 0)
                    .description("1 while nothing new is followed or decided before a person has settled it")
                    .tag("reason", reason.label())
                    .register(registry);
        }
    }

    void clock(LongSupplier jumps) {
        FunctionCounter.builder("plumbline.clock.jumps", jumps, LongSupplier::getAsLong)
                .description("How often the clock was set while the control plane ran, or the machine slept")
                .register(registry);
    }

    void queue(IntSupplier depth) {
        Gauge.builder("plumbline.reconcile.queue.depth", depth, IntSupplier::getAsInt)
                .description("Resources that are being reconciled or wait for it")
                // Nobody else holds on to the reading, and a gauge by itself does not.
                .strongReference(true)
                .register(registry);
    }

    /** How the record stands with the remote. */
    public void ledger(Supplier<LedgerHealth> health) {
        Gauge.builder("plumbline.ledger.pending.commits", () -> health.get().pending())
                .description("Commits of the ledger that are durable here and not at the remote yet")
                .register(registry);
        Gauge.builder(
                        "plumbline.ledger.last.push.seconds",
                        () -> health.get()
                                .lastPushed()
                                .map(Instant::getEpochSecond)
                                .orElse(0L))
                .description("When the remote last took everything of the ledger, in seconds since 1970")
                .register(registry);
        Gauge.builder(
                        "plumbline.ledger.last.checkpoint.seconds",
                        () -> health.get()
                                .lastVouched()
                                .map(Instant::getEpochSecond)
                                .orElse(0L))
                .description(
                        "When a signed checkpoint last vouched for all that the remote holds of the ledger, in seconds since"
                                + " 1970; 0 before the first of this start, and without a key")
                .register(registry);
    }

    void trainings(IntSupplier waiting, IntSupplier running) {
        Gauge.builder("plumbline.training.queued", waiting, IntSupplier::getAsInt)
                .description("Runs that wait until they fit beside what trains")
                .strongReference(true)
                .register(registry);
        Gauge.builder("plumbline.training.running", running, IntSupplier::getAsInt)
                .description("Runs that train")
                .strongReference(true)
                .register(registry);
    }

    void fetched(Instant at) {
        lastFetch.set(at.getEpochSecond());
        registry.counter("plumbline.source.fetches", "outcome", "success").increment();
    }

    /**
     * A revision was admitted and is acted on. Its id is a label of one gauge that is always 1, and of no other revision.
     *
     * @param revision shortened
     */
    synchronized void applied(String revision, Instant at) {
        appliedAt.set(at.getEpochSecond());
        if (revision.equals(appliedName)) {
            return;
        }
        Gauge fresh = Gauge.builder("plumbline.revision.applied", () -> 1)
                .description("1 for the revision that is acted on")
                .tag("revision", revision)
                .register(registry);
        applied.ifPresent(registry::remove);
        applied = Optional.of(fresh);
        appliedName = revision;
    }

    void fetchFailed() {
        registry.counter("plumbline.source.fetches", "outcome", "failure").increment();
    }

    void problems(int count) {
        problems.set(count);
    }

    void reconciled(Kind kind, Outcome outcome, Duration took) {
        Timer.builder("plumbline.reconcile")
                .description("Looks at a resource, and how they ended")
                .tag("kind", kind.label())
                .tag("outcome", outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .register(registry)
                .record(took);
    }

    void ready(ResourceStatus status) {
        ready.computeIfAbsent(status.id(), this::readiness).value().set(status.ready() ? 1 : 0);
        mark(status, ConditionType.STALLED, stalled, "plumbline.resource.stalled", "1 while it waits for a person");
        mark(
                status,
                ConditionType.SUSPENDED,
                suspended,
                "plumbline.resource.suspended",
                "1 while nothing is done about the resource");
    }

    /** A gauge that is there only while the condition holds: most resources have neither. */
    private void mark(
            ResourceStatus status, ConditionType type, Map<ResourceId, Marked> marked, String name, String what) {
        Optional<String> reason = status.condition(type).map(Condition::reason).map(Reason::label);
        marked.compute(status.id(), (id, before) -> {
            if (before != null && reason.equals(Optional.of(before.reason()))) {
                return before;
            }
            if (before != null) {
                registry.remove(before.gauge());
            }
            return reason.map(why -> new Marked(why, marking(id, why, name, what)))
                    .orElse(null);
        });
    }

    private Gauge marking(ResourceId id, String reason, String name, String what) {
        return Gauge.builder(name, () -> 1)
                .description(what)
                .tag("kind", id.kind().label())
                .tag("name", id.name())
                .tag("reason", reason)
                .register(registry);
    }

    void forget(ResourceId id) {
        Readiness gone = ready.remove(id);
        if (gone != null) {
            registry.remove(gone.gauge());
        }
        for (Map<ResourceId, Marked> marked : List.of(stalled, suspended)) {
            Marked was = marked.remove(id);
            if (was != null) {
                registry.remove(was.gauge());
            }
        }
    }

    private Readiness readiness(ResourceId id) {
        AtomicInteger value = new AtomicInteger();
        Gauge gauge = Gauge.builder("plumbline.resource.ready", value, AtomicInteger::get)
                .description("1 while the resource is as its spec asks")
                .tag("kind", id.kind().label())
                .tag("name", id.name())
                .register(registry);
        return new Readiness(value, gauge);
    }

    private record Readiness(AtomicInteger value, Gauge gauge) {}

    private record Marked(String reason, Gauge gauge) {}
}
