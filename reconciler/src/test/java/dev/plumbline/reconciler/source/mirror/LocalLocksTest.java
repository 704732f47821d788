package dev.plumbline.reconciler.source.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.source.BranchPush;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalLocksTest {
    private static final String LOCK = "refs/heads/plumbline/ledger.lock";

    @TempDir
    Path folder;

    private TemporaryRepository origin;
    private Mirror mirror;
    private ObjectId commit;

    @BeforeEach
    void start() throws Exception {
        origin = TemporaryRepository.create(folder.resolve("origin.git"), MutableClock.started());
        commit = ObjectId.fromString(origin.commit("First", "README.md", "read me"));
        mirror = Mirror.open(folder.resolve("mirror.git"), Remote.local(origin.path()), GitCredentials.none());
        mirror.fetch("main", "refs/plumbline/fetched/main");
    }

    @AfterEach
    void stop() {
        mirror.close();
        origin.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {LOCK, "packed-refs.lock"})
    void aLockInARepositoryOfOthersIsNamedWithWhatToDo(String lock) throws Exception {
        left(lock);

        assertThat(mirror.push(List.of(push("plumbline/ledger"), push("other"))))
                .isInstanceOfSatisfying(
                        PushOutcome.Unreachable.class,
                        outcome -> assertThat(outcome.message())
                                .contains("origin.git is busy", "(" + lock + ")", "removed there"));
    }

    @Test
    void aLockOfSomebodyElseStays() throws Exception {
        Path lock = left(LOCK);

        Mirror.tidy(folder.resolve("mirror.git"), Remote.local(origin.path()));

        assertThat(lock).exists();
    }

    @Test
    void aLockThatAPushOfOursLeftIsRemoved() throws Exception {
        Path lock = left(LOCK);
        Path others = left("refs/heads/main.lock");
        var _ = new PushNotes(folder.resolve("mirror.git")).begin(List.of("refs/heads/plumbline/ledger"));

        Mirror.tidy(folder.resolve("mirror.git"), Remote.local(origin.path()));

        assertThat(lock).doesNotExist();
        assertThat(others).exists();
        assertThat(mirror.push(List.of(push("plumbline/ledger")))).isEqualTo(new PushOutcome.Accepted());
    }

    @Test
    void aPushThatCameToItsEndLeavesNoNote() throws Exception {
        assertThat(mirror.push(List.of(push("plumbline/ledger")))).isEqualTo(new PushOutcome.Accepted());

        assertThat(new PushNotes(folder.resolve("mirror.git")).left()).isEmpty();
    }

    private Path left(String lock) throws Exception {
        Path file = origin.path().resolve(lock);
        Files.createDirectories(file.resolveSibling("."));
        return Files.createFile(file);
    }

    private BranchPush push(String branch) {
        return new BranchPush(commit, branch, Optional.of(ObjectId.zeroId()), false);
    }
}
