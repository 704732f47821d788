package dev.plumbline.reconciler.ledger.audit;

import dev.plumbline.schemas.model.Digest;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One commit of a ledger.
 *
 * @param number its place, counted from 1
 * @param after the commits that it follows; none for the first
 * @param message without the link
 * @param changes the digests of the files that it writes; empty for one that it removes
 * @param link what it claims to be its link; empty for one that nobody sealed
 * @param distrust why its signature is not trusted, as the end of a sentence that begins with the record; empty when it is,
 *     and when nobody asked
 */
public record LedgerRecord(
        long number,
        String commit,
        List<String> after,
        Instant at,
        String message,
        SortedMap<String, Optional<Digest>> changes,
        Optional<Digest> link,
        Optional<String> distrust) {
    public LedgerRecord {
        after = List.copyOf(after);
        changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
    }

    /** The first line of its message. */
    public String subject() {
        return message.lines().findFirst().orElse("").replace(" [skip ci]", "");
    }
}
