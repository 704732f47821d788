package dev.plumbline.reconciler.ledger.audit;

import dev.plumbline.schemas.model.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the records of a ledger, given oldest first, and then what checkpoints say of them. It names the first that is bad and
 * looks at none after it. One thread.
 */
public final class RecordVerification {
    /** A clock may be set back by hand; a key that is no longer valid must not date what it signs into its time. */
    private static final Duration CLOCK = Duration.ofDays(1);

    private final Map<String, String> links = new HashMap<>();
    private final Map<String, Instant> times = new HashMap<>();
    private long records;
    private long unsealed;
    private long checkpoints;
    private Optional<Fault> fault = Optional.empty();

    /** Checks a ledger from its first record on. */
    public RecordVerification() {}

    /** Checks what follows this record, which was checked before. */
    public RecordVerification(LedgerRecord checked) {
        records = checked.number();
        keep(checked);
    }

    /**
     * A record that is not what it was.
     *
     * @param number the record's place, counted from 1
     * @param message what is wrong, as a sentence without a full stop that names the commit
     */
    public record Fault(long number, String commit, String message) {}

    /** Takes the next record, whose forerunners were all taken before. */
    public void take(LedgerRecord record) {
        if (fault.isPresent()) {
            return;
        }
        records++;
        wrong(record).ifPresentOrElse(what -> fault = Optional.of(fault(record, what)), () -> {
            keep(record);
            unsealed += record.link().isEmpty() ? 1 : 0;
        });
    }

    private void keep(LedgerRecord record) {
        links.put(record.commit(), linkOf(record));
        times.put(record.commit(), record.at());
    }

    private static String linkOf(LedgerRecord record) {
        return record.link().map(Digest::value).orElseGet(() -> RecordChain.unsealed(record.commit()));
    }

    private static Fault fault(LedgerRecord record, String what) {
        return new Fault(
                record.number(),
                record.commit(),
                "record " + record.number() + " (" + record.commit().substring(0, 12) + ", " + record.at() + ", "
                        + record.subject() + ") " + what);
    }

    private Optional<String> wrong(LedgerRecord record) {
        if (record.distrust().isPresent()) {
            return record.distrust();
        }
        if (record.after().isEmpty() && records > 1) {
            return Optional.of("begins a history of its own beside the ledger's");
        }
        for (String before : record.after()) {
            if (record.at().isBefore(times.getOrDefault(before, Instant.EPOCH).minus(CLOCK))) {
                return Optional.of(
                        "is dated more than a day before the one that it follows: whose key was valid then says"
                                + " nothing");
            }
        }
        List<String> after = record.after().stream().map(this::linkOf).toList();
        if (record.link().isEmpty()) {
            return after.stream().anyMatch(link -> link.startsWith("sha256:"))
                    ? Optional.of("has no link, though those before it have: Plumbline did not write it")
                    : Optional.empty();
        }
        Digest link = RecordChain.link(after, record.at(), record.message(), record.changes());
        return record.link().get().equals(link)
                ? Optional.empty()
                : Optional.of(
                        "is not what its link was made of: it was changed, or one before it was changed, taken out"
                                + " or moved");
    }

    private String linkOf(String commit) {
        return links.getOrDefault(commit, RecordChain.unsealed(commit));
    }

    /**
     * Takes a checkpoint, after all records.
     *
     * @param distrust why its signature is not trusted; empty when it is, and when nobody asked
     */
    public void take(Checkpoint checkpoint, Optional<String> distrust) {
        if (fault.isPresent()) {
            return;
        }
        checkpoints++;
        String name = "the checkpoint of " + checkpoint.at();
        if (distrust.isPresent()) {
            fault = Optional.of(new Fault(records, checkpoint.head(), name + " " + distrust.get()));
            return;
        }
        Optional<String> held = Optional.ofNullable(links.get(checkpoint.head()));
        if (held.isEmpty()) {
            fault = Optional.of(new Fault(
                    records,
                    checkpoint.head(),
                    name + " vouches for the record " + checkpoint.head().substring(0, 12)
                            + ", which the ledger does not hold: records were taken off its end, or it was rewritten"));
        } else if (!held.get().equals(checkpoint.link().value())) {
            fault = Optional.of(new Fault(
                    records,
                    checkpoint.head(),
                    name + " gives the record " + checkpoint.head().substring(0, 12) + " another link"));
        }
    }

    /** Takes note that all were given, of a ledger whose signatures were looked at: one that is signed has checkpoints. */
    public void takenAll() {
        if (fault.isEmpty() && checkpoints == 0) {
            fault = Optional.of(new Fault(
                    records,
                    "",
                    "there is no checkpoint, though who signs a ledger makes one within minutes: it was taken away, and"
                            + " nobody can tell whether records were taken off the end"));
        }
    }

    /** The first fault; empty while all is well. */
    public Optional<Fault> fault() {
        return fault;
    }

    /** How many records there are up to the last that was looked at. */
    public long records() {
        return records;
    }

    /** How many of them, at the beginning, are older than the chain. */
    public long unsealed() {
        return unsealed;
    }

    /** How many checkpoints were looked at. */
    public long checkpoints() {
        return checkpoints;
    }
}
