package dev.plumbline.reconciler.catalog;

import java.util.Optional;

/**
 * The trailer by which a commit confirms a large removal. Environments share a branch, so each has its own: a yes for one
 * of them is none for another.
 */
record RemovalTrailer(String value) {
    static final String NAME = "Plumbline-Confirm";
    private static final String REMOVE = "remove";

    /** Of this environment; empty for the one without a name. */
    static RemovalTrailer of(Optional<String> environment) {
        return new RemovalTrailer(environment.map(name -> REMOVE + " " + name).orElse(REMOVE));
    }

    /** As a commit carries it. */
    @Override
    public String toString() {
        return NAME + ": " + value;
    }
}
