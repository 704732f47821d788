package dev.plumbline.reconciler.queue;

import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.TrainingSpec.Resources;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Lets a training run start only while what it declares fits beside what runs already. The rest wait, what a person asked
 * for before what a commit asks for and that before what the loop wants by itself, and within these in the order in which
 * they asked; a small run does not overtake a large one, which would else never start. Nothing of this is kept over a
 * restart: whoever still wants a run asks again. Thread-safe.
 */
public final class TrainingQueue {
    private final TrainingLimits limits;
    private final Clock clock;
    private final Function<String, Optional<Duration>> earlier;
    private final Consumer<ResourceId> wake;
    private final Map<ResourceId, Running> running = new HashMap<>();
    private final WaitingLine line = new WaitingLine();
    private final Set<ResourceId> preferred = new HashSet<>();
    private Duration total = Duration.ZERO;
    private int ended;
    /** Of the line as it is; empty after a change that it does not tell of. */
    private Optional<Forecast> forecast = Optional.empty();

    /**
     * An empty queue.
     *
     * @param earlier how long the last run of a model took, where that is known
     * @param wake asks for a look at a Training whose run may start now
     */
    public TrainingQueue(
            TrainingLimits limits,
            Clock clock,
            Function<String, Optional<Duration>> earlier,
            Consumer<ResourceId> wake) {
        this.limits = limits;
        this.clock = clock;
        this.earlier = earlier;
        this.wake = wake;
    }

    private record Running(QueuedRun run, Instant since) {
        boolean is(RunId other, int attempt) {
            return run.entry().run().equals(other) && run.entry().attempt() == attempt;
        }
    }

    /** Asks to start. A Training that asks again keeps its place, also for another run. */
    public synchronized Turn ask(QueuedRun wanted) {
        Optional<String> never = limits.never(wanted.training(), wanted.needed());
        if (never.isPresent()) {
            remove(wanted.training());
            return new Turn.Never(never.get());
        }
        boolean joined = join(preferred.contains(wanted.training()) ? wanted.wantedBy(Priority.PERSON) : wanted);
        if (startable().contains(wanted.training())) {
            remove(wanted.training());
            running.put(wanted.training(), new Running(wanted, clock.instant()));
            return new Turn.Now();
        }
        Waiting waits = line.find(wanted.training()).orElseThrow();
        return new Turn.Later(place(waits, line.place(waits), forecast()), joined);
    }

    private boolean join(QueuedRun wanted) {
        Optional<QueuedRun> former = line.find(wanted.training()).map(Waiting::run);
        Waiting waits = line.put(wanted, clock.instant());
        if (former.isEmpty() && line.isLast(waits)) {
            forecast.ifPresent(told -> told.waits(wanted, expected(wanted)));
        } else if (former.filter(before -> before.takesAs(wanted)).isEmpty()) {
            forecast = Optional.empty();
        }
        return former.filter(
                        before -> before.entry().run().equals(wanted.entry().run()))
                .isEmpty();
    }

    /** Those at the head of the queue who fit beside what runs and beside one another. */
    private List<ResourceId> startable() {
        List<Resources> all = new ArrayList<>(
                running.values().stream().map(each -> each.run().needed()).toList());
        List<ResourceId> heads = new ArrayList<>();
        for (Waiting each : line.inOrder()) {
            all.add(each.run().needed());
            if (!limits.fit(all)) {
                break;
            }
            heads.add(each.run().training());
        }
        return heads;
    }

    /** A person asks for this Training: what it wants next goes first. */
    public void prefer(ResourceId training) {
        synchronized (this) {
            preferred.add(training);
            line.find(training).ifPresent(each -> line.put(each.run().wantedBy(Priority.PERSON), each.since()));
            forecast = Optional.empty();
        }
        wakeHeads();
    }

    /** The Training does not want to start now. */
    public void leave(ResourceId training) {
        boolean left;
        synchronized (this) {
            left = remove(training);
        }
        if (left) {
            wakeHeads();
        }
    }

    /** The Training could not be looked at: its place is free, and what a person asked for still goes first later. */
    public void stepBack(ResourceId training) {
        boolean left;
        synchronized (this) {
            left = withdraw(training);
        }
        if (left) {
            wakeHeads();
        }
    }

    /** This attempt of the Training has ended, or came to nothing. Without effect once another one has begun. */
    public void end(ResourceId training, RunId run, int attempt) {
        synchronized (this) {
            Running done = running.get(training);
            if (done != null && done.is(run, attempt)) {
                running.remove(training);
                forecast = Optional.empty();
                total = total.plus(Duration.between(done.since(), clock.instant()));
                ended++;
            }
        }
        wakeHeads();
    }

    private boolean remove(ResourceId training) {
        preferred.remove(training);
        return withdraw(training);
    }

    private boolean withdraw(ResourceId training) {
        boolean waited = line.remove(training);
        if (waited) {
            forecast = Optional.empty();
        }
        return waited;
    }

    /** Outside of the lock: whoever is woken may ask at once. */
    private void wakeHeads() {
        List<ResourceId> heads;
        synchronized (this) {
            heads = startable();
        }
        heads.forEach(wake);
    }

    /** The run that waits under this id. */
    public synchronized Optional<QueuedRun> find(RunId run) {
        return line.inOrder().stream()
                .map(Waiting::run)
                .filter(each -> each.entry().run().equals(run))
                .findFirst();
    }

    /** Everybody who waits, the next one first. */
    public synchronized List<Place> places() {
        Forecast told = forecast();
        List<Place> places = new ArrayList<>();
        line.inOrder().forEach(each -> places.add(place(each, places.size() + 1, told)));
        return List.copyOf(places);
    }

    private Place place(Waiting each, int place, Forecast told) {
        return new Place(
                each.run(),
                place,
                line.size(),
                each.since(),
                told.startsIn(each.run().training()));
    }

    private Forecast forecast() {
        Instant now = clock.instant();
        Forecast known = forecast.filter(told -> told.holds(now)).orElseGet(() -> foretell(now));
        forecast = Optional.of(known);
        return known;
    }

    private Forecast foretell(Instant now) {
        Forecast told = new Forecast(now, limits);
        running.values().forEach(each -> told.runs(each.run().needed(), expected(each.run()), each.since()));
        line.inOrder().forEach(each -> told.waits(each.run(), expected(each.run())));
        return told;
    }

    /** As long as the model's last run, or else as the runs that ended here on average. */
    private Optional<Duration> expected(QueuedRun run) {
        return earlier.apply(run.entry().model())
                .or(() -> ended == 0 ? Optional.empty() : Optional.of(total.dividedBy(ended)));
    }

    /** How many wait. */
    public synchronized int waiting() {
        return line.size();
    }
}
