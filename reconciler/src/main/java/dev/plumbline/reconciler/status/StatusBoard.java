package dev.plumbline.reconciler.status;

import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.runtime.TrainingProgress;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What is known of every resource, and a bell for those who wait for it to change. Who reads it sees everything that one
 * call changed, or nothing of it. Thread-safe.
 */
public final class StatusBoard {
    private final Map<ResourceId, ResourceStatus> byId = new TreeMap<>();
    /** What is said of resources until a look at them has ended that began after it was said. */
    private final Map<ResourceId, UnaryOperator<ResourceStatus>> due = new HashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Conditions conditions;
    private long generation;

    /** A board on which nothing stands yet, written at the time of this clock. */
    public StatusBoard(Clock clock) {
        this.conditions = new Conditions(clock);
    }

    /** Every resource, in order of kind and name. */
    public List<ResourceStatus> all() {
        return locked(() -> List.copyOf(byId.values()));
    }

    /** One resource. */
    public Optional<ResourceStatus> find(ResourceId id) {
        return locked(() -> Optional.ofNullable(byId.get(id)));
    }

    /** Changes what is known of a resource; one that is not known yet was not observed so far. */
    public void update(ResourceId id, UnaryOperator<ResourceStatus> change) {
        change(() -> {
            put(id, change);
            ring();
        });
    }

    /** Says of resources that they are looked at next, until a look has ended that begins from now on. */
    public void due(Collection<ResourceId> ids, UnaryOperator<ResourceStatus> words) {
        change(() -> {
            for (ResourceId id : ids) {
                due.put(id, words);
                put(id, words);
            }
            ring();
        });
    }

    /** A look at the resource begins, which finds whatever was said to be due before. */
    public void begin(ResourceId id) {
        change(() -> due.remove(id));
    }

    /**
     * Changes what is known of a resource after a look at it, and says in the same moment of those whom that concerns that
     * they are looked at next: nobody ever sees all of them settled in between.
     *
     * @param concerned whom what is now known concerns
     * @return the same
     */
    public Collection<ResourceId> report(
            ResourceId id,
            UnaryOperator<ResourceStatus> change,
            Function<ResourceStatus, ? extends Collection<ResourceId>> concerned,
            UnaryOperator<ResourceStatus> words) {
        return locked(() -> {
            ResourceStatus now = put(id, change);
            Optional.ofNullable(due.get(id)).ifPresent(said -> put(id, said));
            Collection<ResourceId> ids = concerned.apply(now);
            due(ids, words);
            return ids;
        });
    }

    private ResourceStatus put(ResourceId id, UnaryOperator<ResourceStatus> change) {
        ResourceStatus now = change.apply(Optional.ofNullable(byId.get(id)).orElseGet(() -> notObserved(id)));
        byId.put(id, now);
        return now;
    }

    private void change(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Notes how far a Training's attempt is. */
    public void progress(ResourceId id, TrainingProgress progress) {
        update(id, known -> with(known, Optional.of(progress), known.window()));
    }

    /** Notes the traffic of a watched endpoint; it rings no bell, since traffic always changes. */
    public void window(ResourceId id, Optional<EndpointObservation.Window> window) {
        change(() -> byId.computeIfPresent(id, (key, known) -> with(known, known.progress(), window)));
    }

    /**
     * Notes that these resources are in this revision as they were before: what was true of them is true of it.
     *
     * @param unchanged which resources
     */
    public void observed(Revision revision, Predicate<ResourceId> unchanged) {
        change(() -> {
            byId.replaceAll((id, known) -> unchanged.test(id) ? at(known, revision) : known);
            ring();
        });
    }

    /** Forgets a resource that is no more. */
    public void forget(ResourceId id) {
        change(() -> {
            due.remove(id);
            if (byId.remove(id) != null) {
                ring();
            }
        });
    }

    /** Grows with every change. */
    public long generation() {
        return locked(() -> generation);
    }

    /** Says that something has changed. */
    public void ring() {
        change(() -> {
            generation++;
            changed.signalAll();
        });
    }

    /** Blocks until the generation is another than this, or the time is over. */
    public void await(long seen, Duration wait) throws InterruptedException {
        long left = wait.toNanos();
        lock.lockInterruptibly();
        try {
            while (generation == seen && left > 0) {
                left = changed.awaitNanos(Math.min(left, TimeUnit.HOURS.toNanos(1)));
            }
        } finally {
            lock.unlock();
        }
    }

    private ResourceStatus notObserved(ResourceId id) {
        return new ResourceStatus(
                id,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                conditions.notObserved(),
                Optional.empty(),
                Optional.empty());
    }

    private static ResourceStatus at(ResourceStatus known, Revision revision) {
        Optional<Revision> at = Optional.of(revision);
        return new ResourceStatus(
                known.id(),
                known.file(),
                known.version(),
                known.digest(),
                at,
                known.ready() ? at : known.attemptedRevision(),
                known.ready() ? at : known.appliedRevision(),
                known.conditions(),
                known.progress(),
                known.window());
    }

    private static ResourceStatus with(
            ResourceStatus known, Optional<TrainingProgress> progress, Optional<EndpointObservation.Window> window) {
        return new ResourceStatus(
                known.id(),
                known.file(),
                known.version(),
                known.digest(),
                known.observedRevision(),
                known.attemptedRevision(),
                known.appliedRevision(),
                known.conditions(),
                progress,
                window);
    }
}
