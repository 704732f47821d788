package dev.plumbline.reconciler.source;

import dev.plumbline.schemas.model.Revision;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The listings of the few revisions that were asked for last: many ask for the same one. Thread-safe. */
final class LastListed {
    private static final int KEPT = 4;

    private final Map<Revision, Snapshot> listed = new LinkedHashMap<>(KEPT, 0.75f, true);

    synchronized Optional<Snapshot> find(Revision revision) {
        return Optional.ofNullable(listed.get(revision));
    }

    synchronized void forget() {
        listed.clear();
    }

    synchronized void keep(Snapshot snapshot) {
        listed.put(snapshot.revision(), snapshot);
        if (listed.size() > KEPT) {
            listed.remove(listed.keySet().iterator().next());
        }
    }
}
