package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.VersionName;
import java.util.Comparator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices a record that knows less than the watched branch: a Serving names a version beyond the highest that was ever
 * numbered, and the record knows none of the model or the branch holds the promotion to it. Then nothing of that model is
 * trained or numbered, because a second v7 would be another model under the name of the first. A number that only a person
 * wrote is that Serving's mistake alone. Thread-safe.
 */
final class LostRecord {
    private static final Logger LOG = LoggerFactory.getLogger(LostRecord.class);
    private static final String PROMOTED = "Plumbline-Version";

    private final Source source;

    LostRecord(Source source) {
        this.source = source;
    }

    /** Why nothing of this model may be numbered; empty when the record is whole as far as the catalog tells. */
    Optional<Outcome.Stalled> of(String model, AdmittedCatalog catalog, LedgerView ledger) {
        int highest = ledger.highestNumber(model);
        return catalog.servingsOf(model).stream()
                .filter(serving -> number(serving) > highest)
                .filter(serving -> highest == 0 || promoted(serving, catalog))
                .max(Comparator.comparingInt(LostRecord::number))
                .map(serving -> stalled(serving, highest));
    }

    /** Whether a commit says that it promoted the Serving to this version: trailers prove nothing, and here they only stop. */
    private boolean promoted(Resource serving, AdmittedCatalog catalog) {
        String named = named(serving).orElseThrow().toString();
        try {
            for (Revision commit : source.changes(
                    serving.file(), Optional.empty(), catalog.revision().orElseThrow())) {
                if (named.equals(source.header(commit).trailers().get(PROMOTED))) {
                    return true;
                }
            }
            return false;
        } catch (Source.SourceException unreadable) {
            LOG.warn("who named a version cannot be told version={} message={}", named, unreadable.getMessage());
            return true;
        }
    }

    private static Optional<VersionName> named(Resource serving) {
        return ((ServingSpec) serving.spec()).named();
    }

    private static int number(Resource serving) {
        return named(serving).map(VersionName::number).orElse(0);
    }

    private static Outcome.Stalled stalled(Resource serving, int highest) {
        VersionName named = named(serving).orElseThrow();
        return new Outcome.Stalled(
                "LedgerMissing",
                serving.id() + " names " + named + ", and the ledger knows "
                        + (highest == 0 ? "no version of that model" : "none beyond v" + highest)
                        + ". If the branch of the ledger was lost, push it again by force from a clone or from the state"
                        + " folder that wrote it, and restart with --take-over; if the version is a mistake, mend the"
                        + " spec. Until then nothing of the model is numbered");
    }
}
