package dev.plumbline.reconciler.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.GC;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MirrorMaintenanceTest {
    private static final int BETWEEN_LOOKS = 64;
    private static final int MOST_LOOSE = 40;

    @TempDir
    Path folder;

    @Test
    void packsAMirrorOfManyLooseObjectsAndLosesNone() throws Exception {
        try (FileRepository repository =
                new FileRepository(folder.resolve("mirror.git").toFile())) {
            repository.create(true);
            ObjectId tree = manyFiles(repository, MOST_LOOSE);
            MirrorMaintenance maintenance = new MirrorMaintenance(repository, MOST_LOOSE);

            for (int each = 1; each < BETWEEN_LOOKS; each++) {
                maintenance.afterCommits();
            }
            assertThat(loose(repository)).isEqualTo(MOST_LOOSE + 1);

            maintenance.afterCommits();
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
            MirrorMaintenance maintenance = new MirrorMaintenance(repository, MOST_LOOSE);
            for (int each = 0; each < 2 * BETWEEN_LOOKS; each++) {
                maintenance.afterCommits();
            }
            assertThat(loose(repository)).isEqualTo(MOST_LOOSE);
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
