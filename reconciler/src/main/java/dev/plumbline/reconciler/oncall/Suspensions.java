package dev.plumbline.reconciler.oncall;

import dev.plumbline.reconciler.apply.Events;
import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.clock.ClockWatch;
import dev.plumbline.reconciler.ledger.Entry;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.SuspensionEntry;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says what is suspended, and records it when people suspend or resume and when the time of one is over. Thread-safe. */
public final class Suspensions {
    private static final Duration MOMENT = Duration.ofMillis(10);

    private final Ledger ledger;
    private final Events events;
    private final Clock clock;
    private final ClockWatch watch;

    /** Suspensions of this ledger. */
    public Suspensions(Ledger ledger, Events events, Clock clock, ClockWatch watch) {
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
        this.watch = watch;
    }

    /** Why nothing is done about this resource now: its spec says so, or somebody's word about it or about everything. */
    public Optional<Suspension> of(ResourceId id, AdmittedCatalog catalog) {
        Optional<Resource> spec =
                catalog.resource(id).filter(each -> each.metadata().suspend());
        return spec.map(each -> Suspension.of(each, catalog.revision())).or(() -> word(id));
    }

    /** In how long this moment comes; at least a moment. */
    public Duration until(Instant end) {
        Duration left = Duration.between(clock.instant(), watch.end(end));
        return left.compareTo(MOMENT) < 0 ? MOMENT : left;
    }

    private Optional<Suspension> word(ResourceId id) {
        LedgerView view = ledger.view();
        return Stream.of(view.suspension(Optional.of(id)), view.suspension(Optional.empty()))
                .flatMap(Optional::stream)
                .filter(entry -> !expired(entry))
                .map(Suspension::of)
                .findFirst();
    }

    /** Records that the time of what kept from acting on this resource is over, once it is. */
    public void expire(ResourceId id, AdmittedCatalog catalog) throws Ledger.LedgerException, InterruptedException {
        if (expired(Optional.of(id)).isPresent() || expired(Optional.empty()).isPresent()) {
            for (Optional<ResourceId> scope : List.of(Optional.of(id), Optional.<ResourceId>empty())) {
                end(scope, catalog);
            }
        }
    }

    private Optional<SuspensionEntry> expired(Optional<ResourceId> scope) {
        return ledger.view().suspension(scope).filter(this::expired);
    }

    private boolean expired(SuspensionEntry entry) {
        return entry.until()
                .map(watch::end)
                .filter(end -> !clock.instant().isBefore(end))
                .isPresent();
    }

    /** One at a time, so that it is one event. */
    private synchronized void end(Optional<ResourceId> scope, AdmittedCatalog catalog)
            throws Ledger.LedgerException, InterruptedException {
        Optional<SuspensionEntry> over = expired(scope);
        if (over.isPresent()) {
            record(
                    over.get().over(),
                    catalog,
                    "Resumed",
                    "the time is over for which " + over.get().actor() + " suspended it",
                    Optional.empty());
        }
    }

    /** Suspends one resource, or everything; a suspension that is there is replaced. */
    public SuspensionEntry suspend(
            Optional<ResourceId> scope, String actor, String reason, Optional<Duration> time, AdmittedCatalog catalog)
            throws Ledger.LedgerException, InterruptedException {
        Instant now = clock.instant();
        SuspensionEntry entry = new SuspensionEntry(scope, actor, reason, now, time.map(now::plus), false);
        record(entry, catalog, Suspension.REASON, Suspension.of(entry).sentence(), Optional.of(actor));
        return entry;
    }

    /** Resumes what was suspended by somebody's word; empty when it was not. */
    public Optional<SuspensionEntry> resume(
            Optional<ResourceId> scope, String actor, String reason, AdmittedCatalog catalog)
            throws Ledger.LedgerException, InterruptedException {
        Optional<SuspensionEntry> entry = ledger.view().suspension(scope);
        if (entry.isPresent()) {
            record(entry.get().over(), catalog, "Resumed", "resumed by " + actor + ": " + reason, Optional.of(actor));
        }
        return entry;
    }

    private void record(
            SuspensionEntry entry, AdmittedCatalog catalog, String reason, String message, Optional<String> actor)
            throws Ledger.LedgerException, InterruptedException {
        List<Entry> entries = new ArrayList<>();
        entries.add(entry);
        // What concerns everything is told where people look first.
        List<ResourceId> told = entry.resource()
                .map(List::of)
                .orElseGet(() ->
                        catalog.all(Kind.SERVING).stream().map(Resource::id).toList());
        told.forEach(id -> entries.add(events.by(id, reason, message, catalog.revision(), actor)));
        String what = entry.resource().map(ResourceId::toString).orElse("everything");
        ledger.record(new Transition(
                (entry.lifted() ? "resume " : "suspend ")
                        + what
                        + actor.map(by -> " (" + by + ")").orElse(""),
                entries));
    }
}
