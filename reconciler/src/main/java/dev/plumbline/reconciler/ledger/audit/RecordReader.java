package dev.plumbline.reconciler.ledger.audit;

import java.io.IOException;
import java.util.Optional;

/** Is given the records of a ledger one after the other, each after those that it follows. */
@FunctionalInterface
public interface RecordReader {
    /** Takes the next record. */
    void take(LedgerRecord record, Contents files) throws IOException;

    /** The files of a record, for as long as it is being taken. */
    interface Contents {
        /** What a file was before the record; empty when there was none. */
        Optional<byte[]> before(String path) throws IOException;

        /** What a file is after the record; empty when there is none. */
        Optional<byte[]> after(String path) throws IOException;

        /** A commit that a record speaks of; empty where the repository has only the ledger. */
        Optional<Commit> commit(String id) throws IOException;

        /**
         * Who made a commit, as it says itself.
         *
         * @param subject its first line
         */
        record Commit(String author, String subject) {}
    }
}
