package dev.plumbline.reconciler.source.mirror;

import dev.plumbline.reconciler.source.FetchLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is known of a mirror that cannot be read whole, and what is needed to mend it. Thread-safe. */
final class MirrorDamage {
    private final SortedMap<String, Optional<FetchLimits>> branches = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<String> suspicion = Optional.empty();

    /** A branch is followed, and what it may bring is limited so. */
    synchronized void fetched(String branch, Optional<FetchLimits> limits) {
        branches.put(branch, limits);
    }

    synchronized Map<String, Optional<FetchLimits>> branches() {
        return new TreeMap<>(branches);
    }

    synchronized void suspect(Throwable cause) {
        suspicion = Optional.of(
                Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName()));
    }

    synchronized Optional<String> suspicion() {
        return suspicion;
    }

    synchronized void found(List<String> damaged) {
        if (!damaged.isEmpty()) {
            notes.add("damaged in the mirror and put aside: " + String.join(", ", damaged));
        }
    }

    synchronized void mended() {
        suspicion = Optional.empty();
    }

    synchronized void note(String what) {
        notes.add(what);
    }

    synchronized List<String> takeNotes() {
        List<String> taken = List.copyOf(notes);
        notes.clear();
        return taken;
    }
}
