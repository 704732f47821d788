package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.reconciler.status.StatusBoard;
import dev.plumbline.runtime.Endpoints;
import dev.plumbline.schemas.model.ResourceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Says now and then what to look at though no revision and no event asks for it: what is not ready, endpoints that are not
 * what they were, and a part of everything else, so that each resource has its turn. Not thread-safe: the loop owns it.
 */
final class Resync {
    private final Clock clock;
    private final Duration period;
    private final StatusBoard board;
    private final DataPlaneWatch dataPlane;
    private final FullLook fullLook;
    private Instant last = Instant.MIN;

    Resync(Clock clock, Loop.Pace pace, Endpoints endpoints, StatusBoard board) {
        this.clock = clock;
        this.period = pace.resync();
        this.board = board;
        this.dataPlane = new DataPlaneWatch(endpoints, board);
        this.fullLook = new FullLook(pace.part());
    }

    /** Everything is being looked at just now. */
    void done() {
        last = clock.instant();
    }

    /** What to look at now; nothing before the period is over. */
    Collection<ResourceId> due(AdmittedCatalog catalog, Supplier<NavigableSet<ResourceId>> everything)
            throws InterruptedException {
        Instant now = clock.instant();
        Duration since = Duration.between(last, now);
        // A clock that was set back must not put it off.
        boolean early = !since.isNegative() && since.compareTo(period) < 0;
        if (catalog.revision().isEmpty() || early) {
            return List.of();
        }
        last = now;
        NavigableSet<ResourceId> due = new TreeSet<>(fullLook.next(everything.get()));
        due.addAll(dataPlane.moved(catalog));
        due.addAll(notReady());
        return due;
    }

    /** What is known not to be as its spec asks. */
    List<ResourceId> notReady() {
        return board.all().stream()
                .filter(each -> !each.ready())
                .map(ResourceStatus::id)
                .toList();
    }
}
