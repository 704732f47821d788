package dev.plumbline.reconciler.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.policy.Question;
import dev.plumbline.policy.Reason;
import dev.plumbline.policy.Verdict;
import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.ledger.state.LedgerState;
import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.reconciler.source.git.GitSource;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.schemas.SpecReader;
import dev.plumbline.schemas.catalog.CatalogReading;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.policies.PolicyData;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A revision that is admitted by what changed is admitted exactly as if nothing had been known before. */
final class IncrementalAdmissionTest {
    private static final int COMMITS = 40;
    private static final Digest RULES = Digest.of("rules".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    private final SpecReader reader = new SpecReader();
    private final CatalogLoader loader = new CatalogLoader(reader);
    private final PolicyAdmission policy = new PolicyAdmission(LedgerState::empty);
    private AdmittedCatalog before = AdmittedCatalog.EMPTY;
    private int held;
    private int problems;

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void admitsASeriesOfEditsAsFromScratch(long seed) throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (TemporaryRepository repository =
                        TemporaryRepository.create(folder.resolve("origin.git"), MutableClock.started());
                Mirror mirror = Mirror.open(
                        folder.resolve("mirror.git"), Remote.local(repository.path()), GitCredentials.none())) {
            RevisionEdits edits = new RevisionEdits(repository, random);
            edits.begin();
            GitSource source = new GitSource(mirror, "main", "");
            for (int commit = 0; commit < COMMITS; commit++) {
                Snapshot snapshot = source.fetch().orElseThrow();
                Snapshot whole = new GitSource(mirror, "main", "").at(snapshot.revision());
                assertThat(snapshot.blobs())
                        .as("seed %d, commit %d", seed, commit)
                        .isEqualTo(whole.blobs());
                assertThat(snapshot.refused()).isEqualTo(whole.refused());
                compare(snapshot, whole, "seed " + seed + ", commit " + commit);
                edits.commit();
            }
        }
        // Else the edits would have been too tame to tell anything.
        assertThat(held).isGreaterThan(COMMITS / 2);
        assertThat(problems).isGreaterThan(COMMITS / 2);
    }

    private void compare(Snapshot snapshot, Snapshot whole, String where) throws Exception {
        CatalogReading reading = loader.load(snapshot);
        CatalogReading fresh = new CatalogLoader(reader).load(whole);
        assertThat(reading.problems()).as(where).isEqualTo(fresh.problems());
        assertThat(reading.declarations().keySet())
                .as(where)
                .isEqualTo(fresh.declarations().keySet());
        assertThat(reading.catalog()).as(where).isEqualTo(fresh.catalog());
        assertThat(reading.named()).as(where).isEqualTo(fresh.named());
        assertThat(reading.unreadable()).as(where).isEqualTo(fresh.unreadable());
        assertThat(reading.files()).as(where).isEqualTo(fresh.files());
        problems += fresh.problems().isEmpty() ? 0 : 1;

        PolicyAdmission.Answers judged =
                policy.answers(snapshot, reading, by(snapshot), RULES, IncrementalAdmissionTest::judge);
        PolicyAdmission.Answers judgedAnew = new PolicyAdmission(LedgerState::empty)
                .answers(whole, fresh, by(whole), RULES, IncrementalAdmissionTest::judge);
        assertThat(judged.decisive()).as(where).isEqualTo(judgedAnew.decisive());
        assertThat(judged.denied()).as(where).isEqualTo(judgedAnew.denied());

        Map<ResourceId, String> denied = judgedAnew.denied();
        AdmittedCatalog admitted =
                Admission.of(snapshot, reading, denied, before, Set.of(), RemovalTrailer.of(Optional.empty()));
        AdmittedCatalog anew = new AdmittedCatalog(
                Optional.of(whole.revision()),
                Admission.of(whole, fresh, denied, before, Set.of(), RemovalTrailer.of(Optional.empty()))
                        .specs(),
                admitted.held());
        assertThat(admitted.specs()).as(where).isEqualTo(anew.specs());
        for (Kind kind : Kind.values()) {
            assertThat(admitted.all(kind)).as(where).isEqualTo(anew.all(kind));
        }
        for (ResourceId id : anew.specs().keySet()) {
            assertThat(admitted.trainingOf(id.name())).as(where).isEqualTo(anew.trainingOf(id.name()));
            assertThat(admitted.servingsOf(id.name())).as(where).isEqualTo(anew.servingsOf(id.name()));
            assertThat(admitted.monitoringsOf(id.name())).as(where).isEqualTo(anew.monitoringsOf(id.name()));
        }
        held += admitted.held().isEmpty() ? 0 : 1;
        before = admitted;
    }

    private static PolicyBase.Judged by(Snapshot snapshot) {
        return new PolicyBase.Judged(
                Optional.of(PolicyData.NONE),
                PolicyData.NONE,
                Optional.empty(),
                new AdmissionEntry.Policies(snapshot.revision(), Optional.empty(), Optional.empty()),
                List.of());
    }

    private static List<Verdict> judge(List<Question> questions, PolicyData data) {
        return questions.stream().map(question -> verdict(question, data)).toList();
    }

    private static Verdict verdict(Question question, PolicyData data) {
        TreeMap<String, Digest> judged = new TreeMap<>(question.refers());
        judged.put(Verdict.POLICIES, data.digest());
        boolean denied = question.evidence().toString().contains("policy forbids");
        return new Verdict(
                Json.digest(question.evidence()),
                question.gate(),
                question.subject(),
                !denied,
                denied ? Reason.DENIED : Reason.ALLOWED,
                List.of(),
                RULES,
                judged,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
