package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the loop knows as of one moment.
 *
 * @param fetched the newest revision that was read, admitted or not
 * @param looks how often the source was read with success and acted on
 * @param sourceProblemSince when the source was last read with success, or else when it was first found that it cannot be
 */
record LoopReport(
        AdmittedCatalog catalog,
        Optional<Revision> fetched,
        Optional<AdmissionEntry> admission,
        List<Problem> problems,
        Optional<Instant> lastFetch,
        long looks,
        Optional<String> sourceProblem,
        Optional<Instant> sourceProblemSince) {
    static final LoopReport NOTHING = new LoopReport(
            AdmittedCatalog.EMPTY,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty());

    LoopReport unable(String why, Instant at) {
        Optional<Instant> since = sourceProblemSince.or(() -> lastFetch).or(() -> Optional.of(at));
        return new LoopReport(catalog, fetched, admission, problems, lastFetch, looks, Optional.of(why), since);
    }

    LoopReport unchanged(Instant at) {
        return new LoopReport(
                catalog, fetched, admission, problems, Optional.of(at), looks + 1, Optional.empty(), Optional.empty());
    }
}
