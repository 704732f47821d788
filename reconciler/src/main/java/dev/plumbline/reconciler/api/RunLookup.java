package dev.plumbline.reconciler.api;

import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.runtime.RunId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds the run that a person means by the first digits of its id. */
final class RunLookup {
    private static final int SHORTEST_ID = 6;

    private final Operations operations;

    RunLookup(Operations operations) {
        this.operations = operations;
    }

    /** The run with this id, or the only one whose id begins so; recorded or still waiting for its first turn. */
    RunEntry find(String text) throws ApiError {
        String digits = text.startsWith("sha256:") ? text.substring("sha256:".length()) : text;
        if (digits.length() < SHORTEST_ID) {
            throw ApiError.badRequest(
                    "'" + text + "' is too short for a run", "give its first " + SHORTEST_ID + " digits or more");
        }
        Map<RunId, RunEntry> found = new LinkedHashMap<>();
        operations.ledger().runs().stream()
                .filter(run -> run.run().digest().hex().startsWith(digits))
                .forEach(run -> found.put(run.run(), run));
        operations.state().queue().stream()
                .map(place -> place.run().entry())
                .filter(run -> run.run().digest().hex().startsWith(digits))
                .forEach(run -> found.put(run.run(), run));
        return only(text, found.values());
    }

    private static RunEntry only(String text, Collection<RunEntry> found) throws ApiError {
        if (found.size() > 1) {
            throw ApiError.badRequest("several runs begin with " + text, "give more digits");
        }
        return found.stream().findFirst().orElseThrow(() -> ApiError.notFound("there is no run " + text));
    }
}
