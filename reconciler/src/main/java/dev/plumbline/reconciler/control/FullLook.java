package dev.plumbline.reconciler.control;

import dev.plumbline.schemas.model.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * Goes round all resources a part at a time, so that what nothing told of is noticed without looking at thousands at once.
 * Where there are fewer resources than one part holds, each turn is a look at all of them. Not thread-safe.
 */
final class FullLook {
    private final int part;
    private Optional<ResourceId> last = Optional.empty();

    FullLook(int part) {
        this.part = part;
    }

    /** The resources whose turn it is. */
    Collection<ResourceId> next(NavigableSet<ResourceId> everything) {
        List<ResourceId> order =
                new ArrayList<>(last.map(id -> everything.tailSet(id, false)).orElse(everything));
        if (order.size() < part) {
            last.ifPresent(id -> order.addAll(everything.headSet(id, true)));
        }
        List<ResourceId> turn = order.subList(0, Math.min(part, order.size()));
        last = turn.isEmpty() ? Optional.empty() : Optional.of(turn.getLast());
        return turn;
    }
}
