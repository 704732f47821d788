package dev.plumbline.reconciler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.fixture.SigningKeys;
import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.audit.RecordChain;
import dev.plumbline.reconciler.ledger.git.GitLedger;
import dev.plumbline.reconciler.ledger.git.LedgerSettings;
import dev.plumbline.reconciler.signing.CommitSigning;
import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What an auditor asks of a signed ledger. */
final class AuditVerbTest {
    private static final ResourceId SERVING = new ResourceId(Kind.SERVING, "churn");

    @TempDir
    Path folder;

    private final MutableClock clock = MutableClock.started();
    private TemporaryRepository repository;
    private Bench bench;

    @BeforeEach
    void start() throws Exception {
        repository =
                TemporaryRepository.create(folder.resolve("origin.git"), clock).as("Ada <ada@example.com>");
        bench = new Bench(repository.path());
        String revision = repository.commit("Ask for churn", "churn.yaml", "kind: Model\n");
        SigningKeys.write(folder.resolve("key"));
        record(List.of(
                Transition.of(
                        "Admit " + revision,
                        new AdmissionEntry(
                                new Revision(revision),
                                revision,
                                clock.instant(),
                                new TreeMap<>(),
                                new TreeMap<>(),
                                new TreeSet<>(List.of(SERVING)),
                                0)),
                Transition.of("Suspend", event("Suspended", "maintenance", Optional.of("bob"))),
                Transition.of("Live", event("Live", "=cmd|' /C calc'!A0", Optional.empty()))));
    }

    @AfterEach
    void stop() {
        repository.close();
    }

    private EventEntry event(String reason, String message, Optional<String> actor) {
        clock.advance(Duration.ofMinutes(1));
        return new EventEntry(
                clock.instant(), SERVING, reason, message, Optional.empty(), Optional.empty(), Optional.empty(), actor);
    }

    private void record(List<Transition> transitions) throws Exception {
        record(
                CommitSigning.with(folder.resolve("key"), Optional.empty(), clock),
                LedgerSettings.BRANCH,
                Optional.empty(),
                transitions);
    }

    private void record(CommitSigning signing, String branch, Optional<Revision> accepted, List<Transition> transitions)
            throws Exception {
        try (Mirror mirror = Mirror.open(
                        folder.resolve("mirror.git"), Remote.local(repository.path()), GitCredentials.none());
                GitLedger ledger = GitLedger.open(
                        mirror,
                        new LedgerSettings(
                                branch,
                                "one",
                                "Ada",
                                new Committer("Plumbline", "plumbline@example.com", signing),
                                Duration.ofMillis(500),
                                accepted),
                        false,
                        clock,
                        new SplittableRandom(1))) {
            for (Transition each : transitions) {
                ledger.record(each);
            }
        }
    }

    private String forge(String subject) {
        return repository.commit(
                LedgerSettings.BRANCH, subject, Map.of(subject + ".json", Optional.of(new byte[] {'1'})));
    }

    private Bench.Said verify(String... accepted) throws Exception {
        Path list = Files.write(folder.resolve("accepted"), List.of(accepted));
        return bench.run("audit", "verify", "--allowed-signers", keys().toString(), "--accepted", list.toString());
    }

    private Path keys() throws Exception {
        return Files.writeString(
                folder.resolve("keys"), "plumbline@example.com " + Files.readString(folder.resolve("key.pub")));
    }

    @Test
    void saysWhoDidWhatWhenAndWhy() {
        Bench.Said said = bench.run("audit");

        assertThat(said.code()).isEqualTo(ExitCode.DONE);
        assertThat(said.out().lines().map(line -> line.replaceAll(" {2,}", "|")))
                .satisfiesExactly(
                        header -> assertThat(header).startsWith("TIME|ACTOR|ACTION|SUBJECT"),
                        live -> assertThat(live).contains("|plumbline|Live|Serving/churn|"),
                        holds -> assertThat(holds).contains("|Ada|holds|ledger|"),
                        suspended -> assertThat(suspended).contains("|bob|Suspended|Serving/churn|maintenance"),
                        admitted -> assertThat(admitted)
                                .contains("|Ada <ada@example.com>|admitted|Serving/churn|")
                                .endsWith("|Ask for churn"));
    }

    @Test
    void showsOnlyWhatIsAskedFor() {
        assertThat(subjects("audit", "--actor", "ADA@", "-o", "json")).containsExactly("admitted");
        assertThat(subjects("audit", "--action", "suspended", "-o", "json")).containsExactly("Suspended");
        assertThat(subjects("audit", "--subject", "fraud", "-o", "json")).isEmpty();
        String second = clock.instant().toString();
        assertThat(subjects("audit", "--since", second, "-o", "json")).containsExactly("Live", "holds");
        assertThat(subjects("audit", "--until", second, "-o", "json")).containsExactly("Suspended", "admitted");
        assertThat(bench.run("audit", "--since", "yesterday"))
                .satisfies(said -> assertThat(said.code()).isEqualTo(ExitCode.USAGE))
                .satisfies(said -> assertThat(said.err()).contains("--since takes a day such as 2026-11-01"));
    }

    private List<String> subjects(String... arguments) {
        return Json.read(bench.run(arguments).out().getBytes(StandardCharsets.UTF_8))
                .path("entries")
                .valueStream()
                .map(entry -> entry.path("action").asString())
                .toList();
    }

    @Test
    void writesCellsThatNoSpreadsheetRuns() {
        assertThat(bench.run("audit", "--csv", "--action", "Live").out().split("\r\n"))
                .satisfiesExactly(
                        header -> assertThat(header)
                                .isEqualTo("at,actor,action,subject,why,revision,verdict,evidence,record"),
                        live -> assertThat(live).contains("\"'=cmd|' /C calc'!A0\""));
    }

    @Test
    void saysThatNobodyChangedTheRecordAndWhatItLookedAt() throws Exception {
        assertThat(bench.run("audit", "verify", "--allowed-signers", keys().toString()))
                .satisfies(said -> assertThat(said.code()).isEqualTo(ExitCode.DONE))
                .satisfies(said -> assertThat(said.out())
                        .startsWith("nobody changed the record\n")
                        .contains("each by a key that you trust")
                        .contains("checkpoints  1"));
        assertThat(bench.run("audit", "verify").out()).contains("signatures   not looked at");
    }

    @Test
    void namesTheFirstRecordThatIsForged() throws Exception {
        repository.commit(LedgerSettings.BRANCH, "Register v99", Map.of("forged.json", Optional.of(new byte[] {'1'})));

        Bench.Said said = bench.run("audit", "verify", "--allowed-signers", keys().toString());

        assertThat(said.code()).isEqualTo(ExitCode.NO);
        assertThat(said.out()).startsWith("the record was changed: record 5 (").contains("Register v99) is not signed");
        assertThat(bench.run("audit", "verify").out()).contains("Plumbline did not write it");
    }

    @Test
    void goesOnAfterAFaultAndListsWhatIsAcceptedWithItsReason() throws Exception {
        String first = forge("first");
        String second = forge("second");

        assertThat(verify("# nothing yet", ""))
                .satisfies(said -> assertThat(said.code()).isEqualTo(ExitCode.NO))
                .satisfies(said -> assertThat(said.out())
                        .startsWith("the record was changed: record 5 (")
                        .contains("\n  and          record 6 ("));
        assertThat(verify(first + " by hand, OPS-12"))
                .satisfies(said -> assertThat(said.code()).isEqualTo(ExitCode.NO))
                .satisfies(said -> assertThat(said.out())
                        .startsWith("the record was changed: record 6 (")
                        .contains("accepted     " + first.substring(0, 8)
                                + ": by hand, OPS-12\n               record 5 ("));
        assertThat(verify(".." + second + "\tread by ada"))
                .satisfies(said -> assertThat(said.code()).isEqualTo(ExitCode.DONE))
                .satisfies(said -> assertThat(said.out())
                        .startsWith("the record is what it was, but for what is accepted\n")
                        .doesNotContain("nobody changed", "each by a key")
                        .contains(
                                "accepted     up to " + second.substring(0, 8) + ": read by ada\n",
                                "record 5 (",
                                "record 6 ("));

        // What comes later is not accepted with it, nor is what somebody puts in its place.
        forge("third");
        assertThat(verify(".." + second + " read by ada").out()).startsWith("the record was changed: record 7 (");
        repository.rewind(LedgerSettings.BRANCH, first);
        forge("another");
        assertThat(verify(first + " by hand", second + " by hand"))
                .satisfies(said -> assertThat(said.code()).isEqualTo(ExitCode.NO))
                .satisfies(said -> assertThat(said.out())
                        .startsWith("the record was changed: record 6 (")
                        .contains("takes no fault: is the line still needed?"));
    }

    @Test
    void acceptsWhatIsOlderThanTheFirstKey() throws Exception {
        String branch = LedgerSettings.branchOf("late");
        record(
                CommitSigning.none(),
                branch,
                Optional.empty(),
                List.of(Transition.of("Suspend", event("Suspended", "maintenance", Optional.of("bob")))));
        String head = repository.head(branch).orElseThrow();
        record(
                CommitSigning.with(folder.resolve("key"), Optional.empty(), clock),
                branch,
                Optional.of(new Revision(head)),
                List.of(Transition.of("Resume", event("Resumed", "done", Optional.of("bob")))));
        Path list = Files.writeString(folder.resolve("accepted"), ".." + head + " older than our first key\n");

        Bench.Said said = bench.run(
                "audit",
                "verify",
                "--environment",
                "late",
                "--allowed-signers",
                keys().toString(),
                "--accepted",
                list.toString(),
                "-o",
                "json");

        assertThat(said.code()).isEqualTo(ExitCode.DONE);
        JsonNode json = Json.read(said.out().getBytes(StandardCharsets.UTF_8));
        assertThat(json.path("intact").asBoolean()).isFalse();
        assertThat(json.path("faults").asInt()).isZero();
        assertThat(json.path("records").asInt()).isEqualTo(4);
        JsonNode line = json.path("accepted").path(0);
        assertThat(line.path("faults").asInt()).isEqualTo(2);
        assertThat(line.path("reason").asString()).isEqualTo("older than our first key");
    }

    @Test
    void refusesAListThatLeavesOpenWhatIsAcceptedOrWhy() throws Exception {
        String id = forge("first");

        for (String line : List.of(id, id + "  ", id.substring(0, 12) + " short", "..main a branch")) {
            assertThat(verify("# who read it", line))
                    .satisfies(said -> assertThat(said.code()).isEqualTo(ExitCode.USAGE))
                    .satisfies(said -> assertThat(said.err()).contains("line 2 is not the full id of a record"));
        }
        assertThat(verify(id + " once", ".." + id + " twice").err()).contains("line 2 names " + id + " a second time");
        assertThat(bench.run("audit", "verify", "--accepted", "nowhere").err())
                .contains("nowhere is no list of accepted faults")
                .contains("there is no such file");
    }

    @Test
    void exportsWhatIsNewAndTouchesNothingElse() throws Exception {
        Path export = folder.resolve("export");
        assertThat(bench.run("audit", "export", export.toString()).out()).isEqualTo("4 records exported\n");
        assertThat(bench.run("audit", "export", export.toString()).out()).isEqualTo("nothing is new\n");
        record(List.of(Transition.of("Resume", event("Resumed", "done", Optional.of("bob")))));
        assertThat(bench.run("audit", "export", export.toString()).out()).isEqualTo("2 records exported\n");

        assertThat(export).isDirectoryContaining("glob:**/records-000000001-000000004.jsonl");
        assertThat(bench.run("audit", "verify", "--export", export.toString()).out())
                .startsWith("nobody changed the record\n")
                .contains("records      6 looked at");

        Path first = export.resolve("records-000000001-000000004.jsonl");
        Files.writeString(first, Files.readString(first).replace("maintenance", "fun"));
        assertThat(bench.run("audit", "verify", "--export", export.toString()))
                .satisfies(said -> assertThat(said.code()).isEqualTo(ExitCode.NO))
                .satisfies(said -> assertThat(said.out()).contains("record 3 (").contains("is not what its link"));
    }

    @Test
    void anExportOfWhatIsNoTextIsWhatItWas() throws Exception {
        Path export = folder.resolve("export");
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', (byte) 0xff, 0};
        TreeMap<String, Optional<Digest>> changes = new TreeMap<>(Map.of("logo.png", Optional.of(Digest.of(picture))));
        clock.advance(Duration.ofMinutes(1));
        String message = "A picture";
        Digest link = RecordChain.link(List.of(), clock.instant(), message, changes);
        repository.commit(
                LedgerSettings.branchOf("other"),
                RecordChain.seal(message, link),
                Map.of("logo.png", Optional.of(picture)));

        assertThat(bench.run("audit", "export", "--environment", "other", export.toString())
                        .out())
                .isEqualTo("1 records exported\n");
        assertThat(bench.run("audit", "verify", "--export", export.toString()).out())
                .startsWith("nobody changed the record\n");
    }

    @Test
    void findsThatAnExportWasCut() throws Exception {
        Path export = folder.resolve("export");
        bench.run("audit", "export", export.toString());
        Path segment = export.resolve("records-000000001-000000004.jsonl");
        List<String> lines = Files.readAllLines(segment);
        Files.write(segment, lines.subList(0, 3));

        assertThat(bench.run("audit", "verify", "--export", export.toString()))
                .satisfies(said -> assertThat(said.code()).isEqualTo(ExitCode.NO))
                .satisfies(said -> assertThat(said.out())
                        .contains("record 4 should come at the end of records-000000001-000000004.jsonl"));
        assertThat(bench.run("audit", "export", export.toString()).err()).contains("the export is not whole: record 4");

        Files.write(segment, List.of(lines.get(0), lines.get(1), lines.get(3)));
        assertThat(bench.run("audit", "verify", "--export", export.toString()).out())
                .contains("record 3 should come in records-000000001-000000004.jsonl");
    }

    @Test
    void refusesToExportALedgerThatWasRewritten() throws Exception {
        Path export = folder.resolve("export");
        bench.run("audit", "export", export.toString());
        repository.deleteRef("refs/heads/" + LedgerSettings.BRANCH);
        repository.commit(LedgerSettings.BRANCH, "Anew", Map.of());

        assertThat(bench.run("audit", "export", export.toString()))
                .satisfies(said -> assertThat(said.code()).isEqualTo(ExitCode.NO))
                .satisfies(said -> assertThat(said.err()).contains("records were taken off its end"));
        assertThat(export).isDirectoryNotContaining("glob:**/*.tmp");
    }
}
