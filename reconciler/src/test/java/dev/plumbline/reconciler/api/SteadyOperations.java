package dev.plumbline.reconciler.api;

import dev.plumbline.reconciler.control.Interventions;
import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.SuspensionEntry;
import dev.plumbline.reconciler.plan.Action;
import dev.plumbline.reconciler.plan.Plan;
import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A control plane that holds still: what it answers is what a test puts in. */
public final class SteadyOperations implements Operations {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Optional<ResourceId>> asked = new ArrayList<>();
    private final List<String> accepted = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<String> orders = new ArrayList<>();
    private volatile List<Warning> warnings = List.of();
    private volatile Runnable looked = () -> {};
    private Sample sample;
    private long generation = 1;
    private Optional<Refused> refusal = Optional.empty();
    private boolean broken;
    private Optional<Path> output = Optional.empty();

    /** One that reports this. */
    public SteadyOperations(Sample sample) {
        this.sample = sample;
    }

    /** From now on this is what is reported. */
    public void become(Sample next) {
        lock.lock();
        try {
            sample = next;
            generation++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** From now on this is a warning. */
    public void warn(Warning warning) {
        warnings = List.of(warning);
    }

    /** From now on there is no warning. */
    public void warnNoMore() {
        warnings = List.of();
    }

    /** From now on this happens at each look at the source. */
    public void whenLooked(Runnable happens) {
        looked = happens;
    }

    @Override
    public List<Warning> warnings() {
        return warnings;
    }

    /** From now on changes are refused. */
    public void refuse(Refused why) {
        refusal = Optional.of(why);
    }

    /** From now on this is the output of every run. */
    public void output(Path file) {
        output = Optional.of(file);
    }

    /** What was asked to be looked at again. */
    public List<Optional<ResourceId>> asked() {
        return List.copyOf(asked);
    }

    /** What was asked to be written. */
    public List<Change> changes() {
        return List.copyOf(changes);
    }

    @Override
    public State state() {
        lock.lock();
        try {
            return sample.state(generation);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public LedgerView ledger() {
        return sample.ledger();
    }

    @Override
    public List<Resource> resources() {
        return sample.resources();
    }

    @Override
    public Plan plan() {
        return new Plan("live", Sample.REVISION.id(), List.of(new Action.Remove(Sample.TRAINING, "its spec is gone")));
    }

    @Override
    public Optional<Admitted> look(Optional<Revision> revision, Duration wait) {
        looked.run();
        return sample.admitted();
    }

    @Override
    public boolean includes(Revision later, Revision earlier) {
        return later.equals(Sample.REVISION) || later.equals(earlier);
    }

    @Override
    public Interventions interventions() {
        return new SteadyInterventions();
    }

    /** What was ordered: the verb, what it was about, who, why and for how long. */
    public List<String> orders() {
        return List.copyOf(orders);
    }

    private void order(String words) throws Refused {
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        orders.add(words);
    }

    private final class SteadyInterventions implements Interventions {
        @Override
        public void reconcile(Optional<ResourceId> resource, String actor) {
            asked.add(resource);
        }

        @Override
        public SuspensionEntry suspend(
                Optional<ResourceId> resource, String actor, String reason, Optional<Duration> time) throws Refused {
            order("suspend " + resource + " " + actor + " " + reason + " " + time);
            return new SuspensionEntry(resource, actor, reason, Sample.AT, time.map(Sample.AT::plus), false);
        }

        @Override
        public Optional<String> resume(Optional<ResourceId> resource, String actor, String reason) throws Refused {
            order("resume " + resource + " " + actor + " " + reason);
            return resource.isPresent() ? Optional.empty() : Optional.of("Serving/churn is still suspended");
        }

        @Override
        public RunEntry cancel(RunId run, String actor, String reason) throws Refused {
            order("cancel " + run.shortened() + " " + actor + " " + reason);
            return sample.ledger()
                    .run(run)
                    .orElseThrow()
                    .cancelledBy(actor, "CancelledByPerson", "cancelled by " + actor + ": " + reason, Sample.AT);
        }
    }

    @Override
    public State awaitChange(long after, Duration wait) throws InterruptedException {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (generation <= after && left > 0) {
                left = changed.awaitNanos(Math.min(left, TimeUnit.SECONDS.toNanos(30)));
            }
            return sample.state(generation);
        } finally {
            lock.unlock();
        }
    }

    /** Whatever is to be written ends by a bug from now on. */
    public void breakDown() {
        broken = true;
    }

    @Override
    public Written write(Change change) throws Refused {
        if (broken) {
            throw new IllegalStateException("a bug");
        }
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        changes.add(change);
        return new Written(Sample.REVISION, "main", change.to().orElse(Sample.V1), Optional.empty());
    }

    @Override
    public void acceptHistory(Revision revision, String actor, String reason) throws Refused {
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        accepted.add(revision.id() + " " + actor + ": " + reason);
    }

    /** The rewritten histories that were accepted: revision, actor and reason. */
    public List<String> accepted() {
        return List.copyOf(accepted);
    }

    @Override
    public Optional<Path> output(RunId run) {
        return output;
    }
}
