package dev.plumbline.reconciler.ledger.git;

import static dev.plumbline.reconciler.ledger.git.LedgerBed.BRANCH;
import static dev.plumbline.reconciler.ledger.git.LedgerBed.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.fixture.SigningKeys;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.audit.LedgerRecord;
import dev.plumbline.reconciler.ledger.audit.RecordChain;
import dev.plumbline.reconciler.ledger.audit.RecordVerification;
import dev.plumbline.reconciler.ledger.audit.RecordVerification.Fault;
import dev.plumbline.reconciler.signing.CommitSigning;
import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.schemas.model.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way to tamper with any one record of a ledger of five hundred is found, and the record is named. */
final class LedgerVerificationTest {
    private static final int RECORDS = 500;

    /** Signatures of each of five hundred are slow to check for each of two thousand ledgers. */
    private static final int EVERY = 100;

    @TempDir
    Path folder;

    private final List<AutoCloseable> closing = new ArrayList<>();
    private LedgerBed bed;
    private Path key;
    private CommitSigning auditor;

    @BeforeEach
    void start() throws Exception {
        bed = new LedgerBed(folder);
        key = SigningKeys.write(folder.resolve("key"));
        Path allowed = Files.writeString(
                folder.resolve("allowed"), "plumbline@example.com " + Files.readString(folder.resolve("key.pub")));
        auditor = CommitSigning.trusting(allowed);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : closing) {
            each.close();
        }
        bed.close();
    }

    private void write(String mirror, int records) throws Exception {
        try (Mirror copy = Mirror.open(
                        bed.mirrorOf(mirror), Remote.parse(bed.server.url(), folder), GitCredentials.none());
                GitLedger ledger = GitLedger.open(
                        copy,
                        new LedgerSettings(BRANCH, "one", "Ada's one", committer(), NEVER),
                        false,
                        bed.clock,
                        new SplittableRandom(1))) {
            for (int record = ledger.view().runs().size(); record < records; record++) {
                ledger.record(
                        Transition.of("Start run " + record, Entries.run("churn", "run" + record, RunStatus.RUNNING)));
            }
        }
    }

    /** A signed ledger of five hundred records, written without waiting for the disk. */
    private Repository written() throws Exception {
        Mirror mirror = Mirror.scratch(
                Files.createDirectories(bed.mirrorOf("scratch")),
                Remote.parse(bed.server.url(), folder),
                GitCredentials.none());
        closing.add(mirror);
        LedgerCommits commits = new LedgerCommits(mirror, Constants.R_HEADS + BRANCH, committer(), bed.clock);
        LedgerTree tree = LedgerTree.empty();
        List<ObjectId> last = List.of();
        for (int record = 1; record <= RECORDS; record++) {
            byte[] content = ("{\"run\":" + record + "}\n").getBytes(StandardCharsets.UTF_8);
            LedgerCommits.Written written = commits.write(
                    last,
                    tree,
                    Map.of("runs/00/" + record % 7 + ".json", Optional.of(content)),
                    List.of("Start run " + record));
            bed.clock.advance(Duration.ofMinutes(1));
            tree = written.tree();
            last = List.of(written.commit());
        }
        mirror.setRef(Constants.R_HEADS + BRANCH, last.getFirst());
        return mirror.repository();
    }

    private Committer committer() throws Exception {
        return new Committer(
                "Plumbline", "plumbline@example.com", CommitSigning.with(key, Optional.empty(), bed.clock));
    }

    private static ObjectId head(Repository repository) throws Exception {
        return Optional.ofNullable(repository.exactRef(Constants.R_HEADS + BRANCH))
                .map(Ref::getObjectId)
                .orElseThrow();
    }

    private static List<LedgerRecord> records(Repository repository, ObjectId head, CommitSigning trust)
            throws Exception {
        List<LedgerRecord> records = new ArrayList<>();
        new LedgerRecords(repository, head, trust, repository).each((record, _) -> records.add(record));
        return records;
    }

    private static Optional<Fault> fault(List<LedgerRecord> records) {
        return fault(records, 0, records);
    }

    /** The first fault in what follows the first so many records, which are checked already. */
    private static Optional<Fault> fault(List<LedgerRecord> records, int at, List<LedgerRecord> next) {
        RecordVerification verification =
                at == 0 ? new RecordVerification() : new RecordVerification(records.get(at - 1));
        next.forEach(verification::take);
        return verification.faults().stream().findFirst();
    }

    private RecordVerification verified() throws Exception {
        return new LedgerReader(BRANCH, GitCredentials.none())
                .verified(bed.repository.path(), auditor)
                .orElseThrow();
    }

    @Test
    void passesALedgerThatNobodyTouched() throws Exception {
        write("one", 3);
        bed.clock.advance(Duration.ofHours(2));
        write("one", 6);

        RecordVerification verification = verified();

        assertThat(verification.faults()).isEmpty();
        // Each start is a record, too.
        assertThat(verification.records()).isEqualTo(8);
        assertThat(verification.unsealed()).isZero();
        assertThat(verification.checkpoints()).isEqualTo(2);
    }

    @Test
    void namesTheRecordThatWasAlteredTakenOutOrMoved() throws Exception {
        Repository repository = written();
        List<LedgerRecord> records = records(repository, head(repository), CommitSigning.none());
        assertThat(records).hasSize(RECORDS);
        assertThat(fault(records)).isEmpty();

        for (int at = 0; at < records.size(); at++) {
            LedgerRecord record = records.get(at);
            assertThat(fault(records, at, List.of(altered(record))))
                    .map(Fault::number)
                    .contains(record.number());
            if (at + 1 < records.size()) {
                assertThat(fault(records, at, without(records, at)))
                        .map(Fault::number)
                        .contains(record.number() + 1);
                assertThat(fault(records, at, swapped(records, at)))
                        .map(Fault::number)
                        .hasValueSatisfying(
                                number -> assertThat(number).isBetween(record.number(), record.number() + 1));
            }
        }
    }

    @Test
    void goesOnAfterABadRecordAndTellsEachOnce() throws Exception {
        Repository repository = written();
        List<LedgerRecord> records = records(repository, head(repository), CommitSigning.none());
        List<LedgerRecord> changed = new ArrayList<>(records);
        changed.set(99, altered(records.get(99)));
        changed.set(300, altered(records.get(300)));
        RecordVerification verification = new RecordVerification();

        changed.forEach(verification::take);

        assertThat(verification.faults()).extracting(Fault::number).containsExactly(100L, 301L);
        assertThat(verification.records()).isEqualTo(RECORDS);
    }

    @Test
    void tellsEveryRecordThatNobodySealedAfterTheChainBegan() {
        LedgerRecord old = record(1, List.of(), Instant.parse("2026-03-01T12:00:00Z"));
        LedgerRecord sealed = new LedgerRecord(
                2,
                Entries.revision("sealed").id(),
                List.of(old.commit()),
                old.at(),
                "Record",
                new TreeMap<>(),
                Optional.of(RecordChain.link(
                        List.of(RecordChain.unsealed(old.commit())), old.at(), "Record", new TreeMap<>())),
                Optional.empty());
        LedgerRecord first = record(3, List.of(sealed.commit()), old.at());
        LedgerRecord second = record(4, List.of(first.commit()), old.at());
        RecordVerification verification = new RecordVerification();

        List.of(old, sealed, first, second).forEach(verification::take);

        assertThat(verification.faults()).extracting(Fault::number).containsExactly(3L, 4L);
        assertThat(verification.unsealed()).isEqualTo(1);
    }

    @Test
    void aCommitThatIsNoCheckpointIsAFaultAndNotTheEnd() throws Exception {
        write("one", 2);
        replace(bed.repository.commit("forged", "Vouch", Map.of()));

        assertThat(verified().faults())
                .extracting(Fault::message)
                .singleElement()
                .satisfies(message -> assertThat(message).endsWith("holds no checkpoint.json"));
    }

    @Test
    void namesTheRecordThatWasWrittenWithoutTheKey() throws Exception {
        Repository repository = written();
        List<LedgerRecord> records = records(repository, head(repository), CommitSigning.none());
        TamperedLedger tampered = new TamperedLedger(repository);

        for (int at = EVERY; at < records.size() - 1; at += EVERY) {
            ObjectId before = id(records, at - 1);
            ObjectId here = id(records, at);
            ObjectId next = id(records, at + 1);
            assertThat(number(repository, tampered.altered(here))).isEqualTo(at + 1);
            assertThat(number(repository, tampered.moved(next, before))).isEqualTo(at + 1);
            assertThat(number(repository, tampered.moved(here, tampered.moved(next, before))))
                    .isEqualTo(at + 1);
            assertThat(number(repository, tampered.forged(here))).isEqualTo(at + 2);
        }
    }

    @Test
    void missesRecordsThatWereTakenOffTheEnd() throws Exception {
        write("one", 5);
        Repository repository = bed.repository.git();
        List<LedgerRecord> records = records(repository, head(repository), CommitSigning.none());

        bed.repository.rewind(BRANCH, records.get(records.size() - 2).commit());

        assertThat(verified().faults())
                .extracting(Fault::message)
                .singleElement()
                .satisfies(message -> assertThat(message)
                        .startsWith("the checkpoint ")
                        .contains(records.getLast().commit().substring(0, 12))
                        .contains("taken off its end"));
    }

    @Test
    void pushesCheckpointsAgainThatSomebodyTookAway() throws Exception {
        write("one", 2);
        bed.repository.deleteRef(CheckpointHistory.ref(BRANCH));
        write("one", 4);
        assertThat(verified().checkpoints()).isEqualTo(2);

        // What nobody signed is kept beside ours, and not gone on from.
        replace(bed.repository.commit("forged", "Vouch", Map.of()));
        write("one", 6);
        assertThat(verified().checkpoints()).isEqualTo(3);
        assertThat(verified().faults()).isEmpty();

        // What is no commit at all keeps nobody from vouching.
        replace(blob());
        write("one", 8);
        assertThat(verified().checkpoints()).isEqualTo(4);
        assertThat(verified().faults()).isEmpty();
    }

    @Test
    void saysWhyTheLedgerIsNotVouchedForUntilItIs() throws Exception {
        write("one", 2);
        bed.repository.deleteRef(CheckpointHistory.ref(BRANCH));
        try (Mirror mirror =
                Mirror.open(bed.mirrorOf("one"), Remote.parse(bed.server.url(), folder), GitCredentials.none())) {
            LedgerCheckpoints checkpoints = new LedgerCheckpoints(mirror, BRANCH, committer(), bed.clock);
            ObjectId head = head(bed.repository.git());

            bed.server.readOnly(true);
            checkpoints.vouch(head);
            assertThat(checkpoints.error()).isPresent();
            assertThat(checkpoints.lastVouched()).isEmpty();

            bed.server.readOnly(false);
            checkpoints.vouch(head);
            assertThat(checkpoints.error()).isEmpty();
            assertThat(checkpoints.lastVouched()).contains(bed.clock.instant());
        }
    }

    @Test
    void missesCheckpointsWhereSignaturesAreAskedFor() throws Exception {
        write("one", 2);
        bed.repository.deleteRef(CheckpointHistory.ref(BRANCH));

        assertThat(verified().faults())
                .extracting(Fault::message)
                .singleElement()
                .satisfies(message -> assertThat(message).contains("there is no checkpoint"));
    }

    @Test
    void distrustsARecordThatIsDatedIntoTheTimeOfAFormerKey() {
        LedgerRecord first = record(1, List.of(), Instant.parse("2026-03-01T12:00:00Z"));
        LedgerRecord back = record(2, List.of(first.commit()), Instant.parse("2026-02-28T12:00:00Z"));
        LedgerRecord older = record(2, List.of(first.commit()), Instant.parse("2026-02-28T11:59:59Z"));

        assertThat(fault(List.of(first, back))).isEmpty();
        assertThat(fault(List.of(first, older)))
                .map(Fault::message)
                .hasValueSatisfying(message -> assertThat(message).contains("dated more than a day before"));
    }

    private static LedgerRecord record(long number, List<String> after, Instant at) {
        return new LedgerRecord(
                number,
                Entries.revision("record " + number).id(),
                after,
                at,
                "Record",
                new TreeMap<>(),
                Optional.empty(),
                Optional.empty());
    }

    private String blob() throws Exception {
        return Objects.requireNonNull(bed.repository.git().resolve(BRANCH + ":holder.json"))
                .name();
    }

    private void replace(String object) throws Exception {
        RefUpdate update = bed.repository.git().updateRef(CheckpointHistory.ref(BRANCH));
        update.setNewObjectId(ObjectId.fromString(object));
        assertThat(update.forceUpdate()).isIn(RefUpdate.Result.FORCED, RefUpdate.Result.NEW);
    }

    private int number(Repository repository, ObjectId head) throws Exception {
        return Math.toIntExact(
                fault(records(repository, head, auditor)).orElseThrow().number());
    }

    private static ObjectId id(List<LedgerRecord> records, int at) {
        return ObjectId.fromString(records.get(at).commit());
    }

    /** With another message, time or file, in turn. */
    private static LedgerRecord altered(LedgerRecord record) {
        SortedMap<String, Optional<Digest>> changes = new TreeMap<>(record.changes());
        if (record.number() % 3 == 0) {
            changes.put(changes.firstKey(), Optional.of(Entries.digest("another")));
        }
        return new LedgerRecord(
                record.number(),
                record.commit(),
                record.after(),
                record.number() % 3 == 1 ? record.at().plusSeconds(1) : record.at(),
                record.number() % 3 == 2 ? record.message() + "!" : record.message(),
                changes,
                record.link(),
                Optional.empty());
    }

    /** The next one follows the one before it now. */
    private static List<LedgerRecord> without(List<LedgerRecord> records, int at) {
        return List.of(over(
                records.get(at + 1),
                at == 0 ? List.of() : List.of(records.get(at - 1).commit())));
    }

    private static List<LedgerRecord> swapped(List<LedgerRecord> records, int at) {
        return List.of(
                without(records, at).getFirst(),
                over(records.get(at), List.of(records.get(at + 1).commit())));
    }

    private static LedgerRecord over(LedgerRecord record, List<String> after) {
        return new LedgerRecord(
                record.number(),
                record.commit(),
                after,
                record.at(),
                record.message(),
                record.changes(),
                record.link(),
                Optional.empty());
    }
}
