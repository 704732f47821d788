package dev.plumbline.reconciler.apply;

import static dev.plumbline.reconciler.fixture.Records.V1;
import static dev.plumbline.reconciler.fixture.Records.V2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.catalog.RevisionSpecs;
import dev.plumbline.reconciler.fixture.Records;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.EndpointEntry.Intent;
import dev.plumbline.reconciler.source.git.GitSource;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.schemas.SpecReader;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.VersionName;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who moved an endpoint is read from the commits, in their order. */
final class EndpointMovesTest {
    private static final String FILE = "serving/churn.yaml";

    @TempDir
    Path folder;

    private final MutableClock clock = MutableClock.started();
    private TemporaryRepository repository;
    private Mirror mirror;
    private GitSource source;
    private EndpointMoves moves;
    private EndpointEntry entry = EndpointEntry.fresh("churn-api", "churn");

    @BeforeEach
    void start() throws Exception {
        repository = TemporaryRepository.create(folder.resolve("origin.git"), clock);
        commit("none");
        mirror = Mirror.open(folder.resolve("mirror.git"), Remote.local(repository.path()), GitCredentials.none());
        source = new GitSource(mirror, "main", "");
        moves = new EndpointMoves(source, new RevisionSpecs(source, new SpecReader()), clock);
        observe("none");
    }

    @AfterEach
    void stop() {
        mirror.close();
        repository.close();
    }

    private String commit(String version) {
        return repository.commit("Name " + version, FILE, Specs.serving(version));
    }

    private void observe(String version) throws Exception {
        Revision head = source.fetch().orElseThrow().revision();
        Resource serving = Specs.resource(FILE, Specs.serving(version));
        entry = moves.observe(entry, serving, head);
    }

    private static Intent ours(String commit, Optional<VersionName> from, VersionName to, Optional<String> branch) {
        Intent made = Records.intent(to, "any", branch, Optional.empty());
        return new Intent(
                "promote",
                from,
                to,
                Optional.empty(),
                made.verdict(),
                made.at(),
                new Revision(commit),
                branch,
                Optional.empty());
    }

    @Test
    void takesAFirstLookAsItIs() {
        assertThat(entry.named()).isEmpty();
        assertThat(entry.observed().map(Revision::id)).isEqualTo(repository.head("main"));
        assertThat(entry.heldBack()).isEmpty();
    }

    @Test
    void doesNotCountOurOwnCommits() throws Exception {
        entry = entry.with(ours(commit("v1"), Optional.empty(), V1, Optional.empty()));
        entry = entry.with(ours(commit("v2"), Optional.of(V1), V2, Optional.empty()));
        observe("v2");
        assertThat(entry.named()).contains(V2);
        assertThat(entry.heldBack()).isEmpty();
    }

    @Test
    void holdsBackWhatAPersonMovedAwayFrom() throws Exception {
        entry = entry.with(ours(commit("v1"), Optional.empty(), V1, Optional.empty()));
        String away = commit("none");
        observe("none");
        assertThat(entry.heldBack()).containsOnlyKeys(V1);
        assertThat(entry.heldBack().get(V1)).satisfies(held -> {
            assertThat(held.commit().id()).isEqualTo(away);
            assertThat(held.by()).contains("Ada Person");
        });
    }

    @Test
    void letsGoOfWhatAPersonMovedTo() throws Exception {
        commit("v1");
        commit("none");
        observe("none");
        assertThat(entry.heldBack()).containsOnlyKeys(V1);
        commit("v1");
        observe("v1");
        assertThat(entry.heldBack()).isEmpty();
    }

    @Test
    void takesASquashedMergeOfAWaitingPromotionForOurs() throws Exception {
        entry = entry.with(ours(commit("v1"), Optional.empty(), V1, Optional.empty()));
        entry = entry.with(ours("1".repeat(40), Optional.of(V1), V2, Optional.of("plumbline/promote/churn-api")));
        commit("v2");
        observe("v2");
        assertThat(entry.heldBack()).isEmpty();

        commit("v1");
        observe("v1");
        assertThat(entry.heldBack()).containsOnlyKeys(V2);
        commit("v2");
        observe("v2");
        assertThat(entry.heldBack()).doesNotContainKey(V2);
    }

    @Test
    void countsACommitOfOursThatAPersonAskedFor() throws Exception {
        commit("v2");
        observe("v2");
        String commit = commit("v1");
        entry = entry.with(new Intent(
                "rollback",
                Optional.of(V2),
                V1,
                Optional.of("Eve"),
                Records.digest("verdict"),
                clock.instant(),
                new Revision(commit),
                Optional.empty(),
                Optional.empty()));
        observe("v1");
        assertThat(entry.heldBack())
                .hasEntrySatisfying(V2, held -> assertThat(held.by()).isEqualTo("Eve"));
    }

    @Test
    void readsNoMoveOutOfAFormThatNobodyCanRead() throws Exception {
        commit("v1");
        observe("v1");
        repository.commit("Broken", FILE, "kind: [");
        repository.commit("A remark", FILE, "# a remark\n" + Specs.serving("v1"));
        repository.commit("Something else", "README.md", "words");
        observe("v1");
        assertThat(entry.heldBack()).isEmpty();
        assertThat(entry.observed().map(Revision::id)).isEqualTo(repository.head("main"));
    }

    @Test
    void aMoveThatCameJustBeforeTheRemovalIsNotLostWithIt() throws Exception {
        String promoted = commit("v1");
        entry = entry.with(ours(promoted, Optional.empty(), V1, Optional.empty()));
        observe("v1");
        String reverted = repository.as("Ada <ada@example.com>").commit("Revert", FILE, Specs.serving("none"));
        repository.remove("Remove", FILE);
        Revision head = source.fetch().orElseThrow().revision();

        entry = moves.observeRemoved(entry, head);

        assertThat(entry.heldBack()).containsOnlyKeys(V1);
        assertThat(entry.heldBack())
                .hasEntrySatisfying(V1, held -> assertThat(held.commit()).isEqualTo(new Revision(reverted)));
        assertThat(entry.removed(clock.instant(), Optional.of(head)).heldBack()).containsOnlyKeys(V1);
    }

    @Test
    void whoOnlyRemovesTheEndpointSaysNothingOfItsVersion() throws Exception {
        String promoted = commit("v1");
        entry = entry.with(ours(promoted, Optional.empty(), V1, Optional.empty()));
        observe("v1");
        repository.remove("Remove", FILE);

        entry = moves.observeRemoved(entry, source.fetch().orElseThrow().revision());

        assertThat(entry.heldBack()).isEmpty();
        assertThat(entry.named()).contains(V1);
    }
}
