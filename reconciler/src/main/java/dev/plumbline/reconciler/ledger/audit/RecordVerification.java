package dev.plumbline.reconciler.ledger.audit;

import dev.plumbline.schemas.model.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the records of a ledger, given oldest first, and then what checkpoints say of them. It goes on after a bad one: what
 * follows is held against what that one claims to be, so that each fault is told once, where it is. One thread.
 */
public final class RecordVerification {
    /** A clock may be set back by hand; a key that is no longer valid must not date what it signs into its time. */
    private static final Duration CLOCK = Duration.ofDays(1);

    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<String, List<String>> checkpointsAfter = new HashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private Optional<String> lastCheckpoint = Optional.empty();
    private long records;
    private long unsealed;
    private long checkpoints;

    /** Checks a ledger from its first record on. */
    public RecordVerification() {}

    /** Checks what follows this record, which was checked before. */
    public RecordVerification(LedgerRecord checked) {
        records = checked.number();
        keep(checked);
    }

    /**
     * A record that is not what it was, or a checkpoint that says so.
     *
     * @param number the record's place, counted from 1; of a checkpoint that of the last record
     * @param commit of the record or the checkpoint; empty for one that is not there
     * @param message what is wrong, as a sentence without a full stop that names the commit
     */
    public record Fault(long number, String commit, String message) {}

    /**
     * What of a record those that follow it are held against.
     *
     * @param link as it claims it
     * @param chained whether it or one before it has a link
     */
    private record Seen(String link, Instant at, List<String> after, boolean chained) {}

    /** Takes the next record, whose forerunners were all taken before. */
    public void take(LedgerRecord record) {
        records++;
        wrong(record)
                .ifPresentOrElse(
                        what -> faults.add(fault(record, what)),
                        () -> unsealed += record.link().isEmpty() ? 1 : 0);
        keep(record);
    }

    private void keep(LedgerRecord record) {
        String link = record.link().map(Digest::value).orElseGet(() -> RecordChain.unsealed(record.commit()));
        seen.put(
                record.commit(),
                new Seen(link, record.at(), record.after(), record.link().isPresent() || followsChained(record)));
    }

    private boolean followsChained(LedgerRecord record) {
        return record.after().stream()
                .anyMatch(before -> seen.containsKey(before) && seen.get(before).chained());
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
            if (seen.containsKey(before)
                    && record.at().isBefore(seen.get(before).at().minus(CLOCK))) {
                return Optional.of(
                        "is dated more than a day before the one that it follows: whose key was valid then says"
                                + " nothing");
            }
        }
        if (record.link().isEmpty()) {
            return followsChained(record)
                    ? Optional.of("has no link, though those before it have: Plumbline did not write it")
                    : Optional.empty();
        }
        List<String> after = record.after().stream().map(this::linkOf).toList();
        Digest link = RecordChain.link(after, record.at(), record.message(), record.changes());
        return record.link().get().equals(link)
                ? Optional.empty()
                : Optional.of(
                        "is not what its link was made of: it was changed, or one before it was changed, taken out"
                                + " or moved");
    }

    private String linkOf(String commit) {
        return seen.containsKey(commit) ? seen.get(commit).link() : RecordChain.unsealed(commit);
    }

    /**
     * Takes the next checkpoint, after all records.
     *
     * @param commit its own
     * @param distrust why its signature is not trusted; empty when it is, and when nobody asked
     */
    public void take(String commit, Checkpoint checkpoint, Optional<String> distrust) {
        follow(commit);
        String name = "the checkpoint " + commit.substring(0, 12) + " of " + checkpoint.at();
        if (distrust.isPresent()) {
            faults.add(new Fault(records, commit, name + " " + distrust.get()));
            return;
        }
        Optional<Seen> held = Optional.ofNullable(seen.get(checkpoint.head()));
        String record =
                checkpoint.head().substring(0, Math.min(12, checkpoint.head().length()));
        if (held.isEmpty()) {
            faults.add(new Fault(
                    records,
                    commit,
                    name + " vouches for the record " + record
                            + ", which the ledger does not hold: records were taken off its end, or it was rewritten"));
        } else if (!held.get().link().equals(checkpoint.link().value())) {
            faults.add(new Fault(records, commit, name + " gives the record " + record + " another link"));
        }
    }

    /**
     * Takes what stands where the next checkpoint should.
     *
     * @param commit its own
     * @param why it is none, as the end of a sentence that begins with it
     */
    public void takeBroken(String commit, String why) {
        follow(commit);
        faults.add(new Fault(records, commit, "the checkpoint " + commit.substring(0, 12) + " " + why));
    }

    /**
     * Takes note that records are not there.
     *
     * @param what as a sentence without a full stop
     */
    void takeMissing(String what) {
        faults.add(new Fault(records, "", what));
    }

    private void follow(String checkpoint) {
        checkpoints++;
        checkpointsAfter.put(checkpoint, lastCheckpoint.stream().toList());
        lastCheckpoint = Optional.of(checkpoint);
    }

    /** Takes note that all were given, of a ledger whose signatures were looked at: one that is signed has checkpoints. */
    public void takenAll() {
        if (checkpoints == 0) {
            faults.add(new Fault(
                    records,
                    "",
                    "there is no checkpoint, though who signs a ledger makes one within minutes: it was taken away, and"
                            + " nobody can tell whether records were taken off the end"));
        }
    }

    /** The record or checkpoint of this commit and all that it follows; empty when there is none. */
    Set<String> leadingTo(String commit) {
        Set<String> leading = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(commit));
        for (String next = open.poll(); next != null; next = open.poll()) {
            Optional<List<String>> before = after(next);
            if (before.isPresent() && leading.add(next)) {
                open.addAll(before.get());
            }
        }
        return leading;
    }

    private Optional<List<String>> after(String commit) {
        return Optional.ofNullable(seen.get(commit))
                .map(Seen::after)
                .or(() -> Optional.ofNullable(checkpointsAfter.get(commit)));
    }

    /** All faults, in the order of the records and then of the checkpoints; empty while all is well. */
    public List<Fault> faults() {
        return Collections.unmodifiableList(faults);
    }

    /** How many records there are. */
    public long records() {
        return records;
    }

    /** How many of them are older than the chain. */
    public long unsealed() {
        return unsealed;
    }

    /** How many checkpoints were looked at. */
    public long checkpoints() {
        return checkpoints;
    }
}
