package dev.plumbline.reconciler.source.git;

import dev.plumbline.schemas.model.Revision;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The listings of the few revisions that were asked for last: many ask for the same one. Thread-safe. */
final class LastListed {
    private static final int KEPT = 4;

    private final LinkedHashMap<Revision, GitSnapshot> listed = new LinkedHashMap<>(KEPT, 0.75f, true);

    synchronized Optional<GitSnapshot> find(Revision revision) {
        return Optional.ofNullable(listed.get(revision));
    }

    synchronized void forget() {
        listed.clear();
    }

    /** The one that was asked for last. */
    synchronized Optional<GitSnapshot> newest() {
        return Optional.ofNullable(listed.lastEntry()).map(Map.Entry::getValue);
    }

    synchronized void keep(GitSnapshot snapshot) {
        listed.put(snapshot.revision(), snapshot);
        if (listed.size() > KEPT) {
            listed.remove(listed.keySet().iterator().next());
        }
    }
}
