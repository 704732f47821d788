package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.apply.RunOrders;
import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.control.Operations.Refused;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.SuspensionEntry;
import dev.plumbline.reconciler.oncall.Breaker;
import dev.plumbline.reconciler.oncall.Pardons;
import dev.plumbline.reconciler.oncall.Suspension;
import dev.plumbline.reconciler.oncall.Suspensions;
import dev.plumbline.reconciler.queue.TrainingQueue;
import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.MonitoringSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.TrainingSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Interventions} into a running loop. */
final class LoopInterventions implements Interventions {
    private static final Logger LOG = LoggerFactory.getLogger(LoopInterventions.class);

    private final ControlLoop loop;
    private final Ledger ledger;
    private final Suspensions suspensions;
    private final Pardons pardons;
    private final Breaker breaker;
    private final TrainingQueue queue;
    private final RunOrders orders;
    private final ResourceLocks locks;

    LoopInterventions(
            ControlLoop loop,
            Ledger ledger,
            Suspensions suspensions,
            Pardons pardons,
            Breaker breaker,
            TrainingQueue queue,
            RunOrders orders,
            ResourceLocks locks) {
        this.loop = loop;
        this.ledger = ledger;
        this.suspensions = suspensions;
        this.pardons = pardons;
        this.breaker = breaker;
        this.queue = queue;
        this.orders = orders;
        this.locks = locks;
    }

    @Override
    public void reconcile(Optional<ResourceId> resource, String actor) throws Refused {
        Optional<Ledger.Fence> fence = ledger.fence();
        if (fence.isPresent()) {
            throw Refused.fenced(fence.get());
        }
        Collection<ResourceId> ids = concerned(resource);
        for (ResourceId id : ids) {
            breaker.reset(id);
            pardons.ask(id, actor);
        }
        loop.asked(ids, actor);
        resource.filter(id -> id.kind() == Kind.TRAINING).ifPresent(queue::prefer);
        loop.lookAgain(ids);
    }

    private Collection<ResourceId> concerned(Optional<ResourceId> resource) {
        return resource.<Collection<ResourceId>>map(List::of).orElseGet(loop::everything);
    }

    @Override
    public SuspensionEntry suspend(Optional<ResourceId> resource, String actor, String reason, Optional<Duration> time)
            throws Refused, InterruptedException {
        if (resource.isPresent()) {
            known(resource.get());
            acting(resource.get());
        }
        SuspensionEntry entry;
        try {
            entry = suspensions.suspend(resource, actor, reason, time, catalog());
        } catch (Ledger.LedgerException failure) {
            throw unrecorded(failure);
        }
        LOG.info("suspended what={} actor={} reason={}", scope(resource), actor, reason);
        loop.lookAgain(concerned(resource));
        return entry;
    }

    @Override
    public Optional<String> resume(Optional<ResourceId> resource, String actor, String reason)
            throws Refused, InterruptedException {
        try {
            if (suspensions.resume(resource, actor, reason, catalog()).isEmpty()) {
                throw new Refused(
                        "denied",
                        resource.map(id -> id + " was not suspended by `plumb suspend`")
                                .orElse("nobody suspended everything with `plumb suspend --all`"),
                        still(resource).or(() -> Optional.of("`plumb status` shows what is")));
            }
        } catch (Ledger.LedgerException failure) {
            throw unrecorded(failure);
        }
        LOG.info("resumed what={} actor={} reason={}", scope(resource), actor, reason);
        loop.lookAgain(concerned(resource));
        return still(resource);
    }

    /** What still keeps from acting on the resource, or on any of them. */
    private Optional<String> still(Optional<ResourceId> resource) {
        if (resource.isPresent()) {
            return suspensions.of(resource.get(), catalog()).map(each -> resource.get() + " is " + each.sentence());
        }
        List<String> left = loop.everything().stream()
                .filter(id -> suspensions.of(id, catalog()).isPresent())
                .map(ResourceId::toString)
                .toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of("suspended by themselves, and still so: " + String.join(", ", left));
    }

    private static String scope(Optional<ResourceId> resource) {
        return resource.map(ResourceId::toString).orElse("everything");
    }

    @Override
    public RunEntry cancel(RunId run, String actor, String reason) throws Refused, InterruptedException {
        ResourceId training = orders.underWay(run).orElseThrow(() -> notUnderWay(run));
        try (ResourceLocks.Held _ = locks.lock(training)) {
            RunEntry cancelled = orders.cancel(training, run, actor, reason).orElseThrow(() -> notUnderWay(run));
            LOG.info("cancelled run={} actor={} reason={}", run.shortened(), actor, reason);
            return cancelled;
        } catch (Ledger.LedgerException failure) {
            throw unrecorded(failure);
        } finally {
            loop.lookAgain(List.of(training));
        }
    }

    private Refused notUnderWay(RunId run) {
        String ended = ledger.view()
                .run(run)
                .map(entry -> ", but " + entry.status().label()
                        + entry.message().map(words -> ": " + words).orElse(""))
                .orElse("");
        return new Refused(
                "denied",
                "run " + run.shortened() + " neither trains nor waits for its turn" + ended,
                Optional.of("`plumb suspend training/NAME` keeps it from being begun"));
    }

    private void known(ResourceId id) throws Refused {
        if (!loop.everything().contains(id)) {
            throw new Refused(
                    "not-found",
                    "there is no " + id,
                    Optional.of("`plumb get " + Suspension.name(id).split("/")[0] + "` lists what there is"));
        }
    }

    /** Whoever suspends a Model means its training and promotion, which others do. */
    private void acting(ResourceId id) throws Refused {
        if (id.kind() != Kind.MODEL && id.kind() != Kind.DATASET) {
            return;
        }
        String others = loop.report().catalog().resources().stream()
                .filter(each -> actsFor(each, id))
                .map(each -> "`plumb suspend " + Suspension.name(each.id()) + "`")
                .collect(Collectors.joining(", "));
        throw new Refused(
                "denied",
                id + " does nothing by itself, so suspending it would stop nothing",
                Optional.of(others.isEmpty() ? "nothing trains or serves it" : "suspend what acts for it: " + others));
    }

    private static boolean actsFor(Resource resource, ResourceId id) {
        return switch (resource.spec()) {
            case TrainingSpec training ->
                id.name().equals(id.kind() == Kind.MODEL ? training.model() : training.dataset());
            case ServingSpec serving ->
                id.kind() == Kind.MODEL && serving.model().equals(id.name());
            case ModelSpec _, DatasetSpec _, MonitoringSpec _ -> false;
        };
    }

    private static Refused unrecorded(Ledger.LedgerException failure) {
        return new Refused("unreachable", String.valueOf(failure.getMessage()), Optional.empty());
    }

    private AdmittedCatalog catalog() {
        return loop.report().catalog();
    }
}
