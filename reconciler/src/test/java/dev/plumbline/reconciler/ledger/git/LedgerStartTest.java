package dev.plumbline.reconciler.ledger.git;

import static dev.plumbline.reconciler.ledger.git.LedgerBed.BRANCH;
import static dev.plumbline.reconciler.ledger.git.LedgerBed.SOON;
import static dev.plumbline.reconciler.ledger.git.LedgerBed.pushed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.schemas.model.VersionName;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What opening a ledger reads, and what it refuses to read. */
final class LedgerStartTest {
    @TempDir
    Path folder;

    private LedgerBed bed;

    @BeforeEach
    void start() throws Exception {
        bed = new LedgerBed(folder);
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void readsTheHeadAndNotItsHistory() throws Exception {
        GitLedger first = bed.open("one");
        for (int each = 1; each <= 12; each++) {
            first.record(Transition.of(
                    "Round " + each,
                    Entries.run("churn", "run", each < 12 ? RunStatus.RUNNING : RunStatus.SUCCEEDED),
                    Entries.event("churn-api", "round " + each)));
        }
        first.record(Transition.of("Register", Entries.version("churn", 1, "run")));
        pushed(first);
        first.close();
        int lost = keepOnly(bed.mirrorOf("one"), bed.repository.head(BRANCH).orElseThrow());

        LedgerView view = bed.open("one").view();

        assertThat(lost).as("objects of the history that are gone").isGreaterThan(12 * 5);
        assertThat(view.runs()).containsExactly(Entries.run("churn", "run", RunStatus.SUCCEEDED));
        assertThat(view.versionOf("churn", Entries.runId("run"))).contains(new VersionName("churn", 1));
        assertThat(view.events(Optional.empty(), 100)).hasSize(12);
    }

    /** Deletes every object of the mirror that the commit's own tree does not hold; says how many these were. */
    private static int keepOnly(Path mirror, String commit) throws IOException {
        Set<String> kept = new HashSet<>(Set.of(commit));
        try (FileRepository repository = new FileRepository(mirror.toFile());
                RevWalk walk = new RevWalk(repository);
                TreeWalk tree = new TreeWalk(repository)) {
            ObjectId root = walk.parseCommit(ObjectId.fromString(commit)).getTree();
            kept.add(root.name());
            tree.addTree(root);
            while (tree.next()) {
                kept.add(tree.getObjectId(0).name());
                if (tree.isSubtree()) {
                    tree.enterSubtree();
                }
            }
        }
        int deleted = 0;
        Path objects = mirror.resolve("objects");
        try (var files = Files.walk(objects)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String id = objects.relativize(file).toString().replace(File.separator, "");
                assertThat(id).as("a loose object").matches("[0-9a-f]{40}");
                if (!kept.contains(id)) {
                    Files.delete(file);
                    deleted++;
                }
            }
        }
        return deleted;
    }

    @Test
    void carriesAlongWhatALaterVersionKeeps() throws Exception {
        GitLedger first = bed.open("one");
        pushed(first);
        first.close();
        write("later/some.json", "{\"format\":1,\"what\":\"nobody knows\"}");

        GitLedger again = bed.open("one");
        again.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        pushed(again);

        assertThat(bed.repository.read(BRANCH, "later/some.json")).isPresent();
        assertThat(again.view().runs()).hasSize(1);
    }

    @Test
    void readsNoFormatThatItDoesNotKnow() throws Exception {
        bed.open("one").close();
        write("runs/ab/abc.json", "{\"format\":2}");

        assertThatThrownBy(() -> bed.open("one"))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Damaged"))
                .hasMessageContaining("runs/ab/abc.json has the format 2");
    }

    @Test
    void saysThatARecordIsDamaged() throws Exception {
        bed.open("one").close();
        write("runs/ab/abc.json", "{\"format\":1,\"run\":\"not a digest\"}");
        assertThatThrownBy(() -> bed.open("one"))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Damaged"));

        write("holder.json", "not json");
        assertThatThrownBy(() -> bed.open("one"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("holder.json is not what Plumbline writes there");
    }

    @Test
    void takesALedgerThatNobodyHolds() throws Exception {
        GitLedger first = bed.open("one");
        first.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        pushed(first);
        first.close();
        bed.repository.commit(BRANCH, "Let go", Map.of("holder.json", Optional.empty()));

        GitLedger second = bed.open("two");

        assertThat(second.health().holder().holder()).isEqualTo("two");
        assertThat(second.view().runs()).hasSize(1);
    }

    @Test
    void keepsWhatOnlyItsMirrorHeldWhenItTakesTheLedgerBack() throws Exception {
        GitLedger first = bed.open("one");
        pushed(first);
        first.close();
        bed.open("two", SOON, true).close();
        String mine = mirrorHead();

        bed.open("one", SOON, true);

        assertThat(Files.readString(bed.mirrorOf("one").resolve("refs/plumbline/kept/" + mine)))
                .startsWith(mine);
    }

    private String mirrorHead() throws IOException {
        return Files.readString(bed.mirrorOf("one").resolve("refs/heads/" + BRANCH))
                .strip();
    }

    private void write(String path, String text) {
        bed.repository.commit(BRANCH, "By hand", Map.of(path, Optional.of(text.getBytes(StandardCharsets.UTF_8))));
    }
}
