package dev.plumbline.reconciler.status;

import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.runtime.TrainingProgress;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What is known of every resource, and a bell for those who wait for it to change. Thread-safe. */
public final class StatusBoard {
    private final Map<ResourceId, ResourceStatus> byId = new ConcurrentSkipListMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long generation;

    /** Every resource, in order of kind and name. */
    public List<ResourceStatus> all() {
        return List.copyOf(byId.values());
    }

    /** One resource. */
    public Optional<ResourceStatus> find(ResourceId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Changes what is known of a resource; one that is not known yet is begun blank. */
    public void update(ResourceId id, UnaryOperator<ResourceStatus> change) {
        byId.compute(id, (key, known) -> change.apply(known == null ? blank(key) : known));
        ring();
    }

    /** Notes how far a Training's attempt is. */
    public void progress(ResourceId id, TrainingProgress progress) {
        update(id, known -> with(known, Optional.of(progress), known.window()));
    }

    /** Notes the traffic of a watched endpoint; it rings no bell, since traffic always changes. */
    public void window(ResourceId id, Optional<EndpointObservation.Window> window) {
        byId.computeIfPresent(id, (key, known) -> with(known, known.progress(), window));
    }

    /**
     * Notes that these resources are in this revision as they were before: what was true of them is true of it.
     *
     * @param unchanged which resources
     */
    public void observed(Revision revision, Predicate<ResourceId> unchanged) {
        byId.replaceAll((id, known) -> unchanged.test(id) ? at(known, revision) : known);
        ring();
    }

    /** Forgets a resource that is no more. */
    public void forget(ResourceId id) {
        if (byId.remove(id) != null) {
            ring();
        }
    }

    /** Grows with every change. */
    public long generation() {
        lock.lock();
        try {
            return generation;
        } finally {
            lock.unlock();
        }
    }

    /** Says that something has changed. */
    public void ring() {
        lock.lock();
        try {
            generation++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
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

    private static ResourceStatus blank(ResourceId id) {
        return new ResourceStatus(
                id,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
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
