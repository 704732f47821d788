package dev.plumbline.reconciler.ledger;

import java.util.List;

/**
 * Entries that are recorded together or not at all.
 *
 * @param subject what it records, in a few words: the subject of the ledger's commit
 */
public record Transition(String subject, List<Entry> entries) {
    public Transition {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a transition records something");
        }
    }

    /** A transition of these entries. */
    public static Transition of(String subject, Entry... entries) {
        return new Transition(subject, List.of(entries));
    }
}
