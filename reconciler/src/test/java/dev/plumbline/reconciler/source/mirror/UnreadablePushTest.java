package dev.plumbline.reconciler.source.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.fixture.Damage;
import dev.plumbline.reconciler.source.BranchPush;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the mirror cannot read is not begun to be pushed: sender and receiver would wait for each other. */
final class UnreadablePushTest {
    private static final String FETCHED = "refs/plumbline/fetched/main";

    @TempDir
    Path folder;

    private TemporaryRepository origin;
    private Mirror mirror;
    private ObjectId blob = ObjectId.zeroId();
    private ObjectId tree = ObjectId.zeroId();
    private ObjectId same = ObjectId.zeroId();
    private ObjectId commit;

    @BeforeEach
    void begin() throws Exception {
        Path bare = folder.resolve("origin.git");
        origin = TemporaryRepository.create(bare, MutableClock.started());
        origin.commit("Begin", "kept.txt", "kept");
        mirror =
                Mirror.open(folder.resolve("mirror.git"), Remote.parse(bare.toString(), folder), GitCredentials.none());
        commit = commit(mirror.fetch("main", FETCHED), "new");
    }

    /** Commits a file beside a folder that stays as it is. */
    private ObjectId commit(ObjectId parent, String text) throws Exception {
        try (ObjectInserter inserter = mirror.newObjects()) {
            blob = inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
            TreeFormatter files = new TreeFormatter();
            files.append("old.txt", FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, new byte[] {'o'}));
            same = inserter.insert(files);
            files = new TreeFormatter();
            files.append("new.txt", FileMode.REGULAR_FILE, blob);
            files.append("same", FileMode.TREE, same);
            tree = inserter.insert(files);
            CommitBuilder builder = new CommitBuilder();
            builder.setTreeId(tree);
            builder.setParentId(parent);
            builder.setAuthor(new PersonIdent("Ada", "ada@example.com"));
            builder.setCommitter(builder.getAuthor());
            builder.setMessage("Write new.txt\n");
            ObjectId written = inserter.insert(builder);
            inserter.flush();
            return written;
        }
    }

    @AfterEach
    void close() {
        mirror.close();
        origin.close();
    }

    private Path file(ObjectId object) {
        String name = object.name();
        return folder.resolve("mirror.git/objects")
                .resolve(name.substring(0, 2))
                .resolve(name.substring(2));
    }

    private PushOutcome push() throws Exception {
        return mirror.push(List.of(new BranchPush(
                commit, "aside", Optional.of(mirror.branches().getOrDefault("aside", ObjectId.zeroId())), false)));
    }

    @Test
    void whatIsWholeIsPushed() throws Exception {
        assertThat(push()).isEqualTo(new PushOutcome.Accepted());
        assertThat(mirror.suspicion()).isEmpty();
    }

    @Test
    void aFileThatIsGoneIsNamedAndNothingIsPushed() throws Exception {
        Files.delete(file(blob));

        refused();
    }

    @Test
    void aFolderThatIsGoneIsNamedAndNothingIsPushed() throws Exception {
        Files.delete(file(tree));

        refused();
    }

    @Test
    void aFolderThatStaysAsItIsIsReadToo() throws Exception {
        assertThat(push()).isEqualTo(new PushOutcome.Accepted());
        mirror.setRef("refs/plumbline/remote/aside", commit);
        ObjectId before = commit;
        commit = commit(before, "newer");
        Files.delete(file(same));

        unreadable();
        assertThat(mirror.branches()).containsEntry("aside", before);
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedFileIsNamedAndNothingIsPushed(Damage damage) throws Exception {
        damage.to(file(blob));

        refused();
    }

    private void refused() throws Exception {
        unreadable();
        assertThat(mirror.branches()).doesNotContainKey("aside");
    }

    private void unreadable() throws Exception {
        assertThat(push())
                .isInstanceOfSatisfying(
                        PushOutcome.Unreachable.class,
                        outcome -> assertThat(outcome.message())
                                .startsWith(
                                        "Nothing was pushed to origin.git: what is to be pushed cannot be read from the"
                                                + " mirror (")
                                .endsWith("). The mirror is mended at the next look.")
                                .doesNotContain(folder.toString()));
        assertThat(mirror.suspicion()).isPresent();
    }
}
