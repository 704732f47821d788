package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.source.CodedException;
import dev.plumbline.schemas.fault.StorageFailure;

/** Says why the ledger could not be kept in the state folder. */
final class LedgerStorage {
    private LedgerStorage() {}

    /** @param what could not be done, as a sentence without its end */
    static LedgerException failure(String what, Exception cause) {
        String why = StorageFailure.in(cause)
                .map(refused -> ": " + refused.words() + ".")
                .orElseGet(() -> " (" + words(cause) + ").");
        return new LedgerException("Storage", what + why, cause);
    }

    /** What others than we say may name a path of this machine. */
    private static String words(Exception cause) {
        return cause instanceof CodedException ours
                ? ours.getMessage()
                : cause.getClass().getSimpleName();
    }
}
