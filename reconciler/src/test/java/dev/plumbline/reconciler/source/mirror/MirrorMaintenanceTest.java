package dev.plumbline.reconciler.source.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.source.BranchPush;
import dev.plumbline.reconciler.source.Writer;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.GC;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MirrorMaintenanceTest {
    private static final int MOST_LOOSE = 40;

    @TempDir
    Path folder;

    @Test
    void packsAMirrorOfManyLooseObjectsAndLosesNone() throws Exception {
        try (FileRepository repository =
                new FileRepository(folder.resolve("mirror.git").toFile())) {
            repository.create(true);
            ObjectId tree = manyFiles(repository, MOST_LOOSE);

            new MirrorMaintenance(MOST_LOOSE).look(repository);

            assertThat(loose(repository)).isZero();
            assertThat(repository.open(tree, Constants.OBJ_TREE).getSize()).isPositive();
        }
    }

    @Test
    void leavesASmallMirrorAlone() throws Exception {
        try (FileRepository repository =
                new FileRepository(folder.resolve("mirror.git").toFile())) {
            repository.create(true);
            manyFiles(repository, MOST_LOOSE - 1);

            new MirrorMaintenance(MOST_LOOSE).look(repository);

            assertThat(loose(repository)).isEqualTo(MOST_LOOSE);
        }
    }

    @Test
    void keepsALocalRepositoryThatItPushesIntoFromFillingWithPacks() throws Exception {
        MutableClock clock = MutableClock.started();
        try (TemporaryRepository origin = TemporaryRepository.create(folder.resolve("origin.git"), clock)) {
            origin.commit("Start", "file", "0");
            try (Mirror mirror =
                    Mirror.open(folder.resolve("mirror.git"), Remote.local(origin.path()), GitCredentials.none())) {
                ObjectId tip = mirror.fetch("main", "refs/plumbline/test");
                for (int push = 1; push <= 130; push++) {
                    tip = commit(mirror, tip, push);
                    assertThat(mirror.push(List.of(new BranchPush(tip, "main", Optional.empty(), false))))
                            .isEqualTo(new Writer.PushOutcome.Accepted());
                    mirror.maintain(false);
                    mirror.maintain(true);
                }
                assertThat(origin.head("main")).contains(tip.name());
            }
            try (var packs = Files.list(origin.path().resolve("objects/pack"))) {
                List<String> names =
                        packs.map(file -> String.valueOf(file.getFileName())).toList();
                assertThat(names).noneMatch(name -> name.endsWith(".bitmap"));
                assertThat(names.stream().filter(name -> name.endsWith(".pack")).count())
                        .isLessThan(200);
            }
        }
    }

    @Test
    void looksInAQuietMomentOrAfterManyPushes() {
        MirrorMaintenance maintenance = new MirrorMaintenance(MOST_LOOSE);
        assertThat(maintenance.due()).isFalse();
        assertThat(pushes(maintenance, 64)).isZero();
        assertThat(maintenance.due()).isTrue();
        assertThat(maintenance.due()).isFalse();

        assertThat(pushes(maintenance, 255)).isZero();
        assertThat(pushes(maintenance, 256)).isOne();
    }

    /** How many of so many pushes are followed by a look though others follow. */
    private static long pushes(MirrorMaintenance maintenance, int pushes) {
        return IntStream.range(0, pushes).filter(each -> maintenance.overdue()).count();
    }

    /** Packing locks the refs, and a ledger that is being moved at that moment could not be. */
    @Test
    void isNotPackedBehindOurBackAfterManyFetches() throws Exception {
        MutableClock clock = MutableClock.started();
        try (TemporaryRepository origin = TemporaryRepository.create(folder.resolve("origin.git"), clock);
                Mirror mirror =
                        Mirror.open(folder.resolve("mirror.git"), Remote.local(origin.path()), GitCredentials.none())) {
            mirror.repository().getConfig().setBoolean("gc", null, "autoDetach", false);
            for (int fetch = 1; fetch <= 60; fetch++) {
                origin.commit("Change", "file", String.valueOf(fetch));
                mirror.fetch("main", "refs/plumbline/test");
            }

            assertThat(mirror.repository().getDirectory().toPath().resolve("packed-refs"))
                    .doesNotExist();
            assertThat(mirror.repository().getObjectDatabase().getPacks()).hasSize(60);
        }
    }

    private static ObjectId commit(Mirror mirror, ObjectId parent, int number) throws Exception {
        try (ObjectInserter inserter = mirror.newObjects()) {
            TreeFormatter tree = new TreeFormatter();
            tree.append(
                    "file",
                    FileMode.REGULAR_FILE,
                    inserter.insert(Constants.OBJ_BLOB, String.valueOf(number).getBytes(StandardCharsets.US_ASCII)));
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(inserter.insert(tree));
            commit.setParentId(parent);
            PersonIdent person = new PersonIdent("Ada", "ada@example.com", Instant.EPOCH, ZoneOffset.UTC);
            commit.setAuthor(person);
            commit.setCommitter(person);
            commit.setMessage("Number " + number);
            ObjectId made = inserter.insert(commit);
            inserter.flush();
            return made;
        }
    }

    private static long loose(FileRepository repository) throws Exception {
        return new GC(repository).getStatistics().numberOfLooseObjects;
    }

    /** A tree of that many files, which a ref keeps. */
    private static ObjectId manyFiles(FileRepository repository, int files) throws Exception {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            TreeFormatter tree = new TreeFormatter();
            for (int each = 0; each < files; each++) {
                ObjectId blob = inserter.insert(Constants.OBJ_BLOB, ("file " + each).getBytes(StandardCharsets.UTF_8));
                tree.append("%05d".formatted(each), FileMode.REGULAR_FILE, blob);
            }
            ObjectId id = inserter.insert(tree);
            inserter.flush();
            RefUpdate keep = repository.updateRef("refs/plumbline/kept/tree");
            keep.setNewObjectId(id);
            keep.forceUpdate();
            return id;
        }
    }
}
