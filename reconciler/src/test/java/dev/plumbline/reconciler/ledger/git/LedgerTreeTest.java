package dev.plumbline.reconciler.ledger.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerTreeTest {
    @Test
    void leavesTheModesOfWhatIsNotOursAsTheyAre(@TempDir Path folder) throws Exception {
        try (TemporaryRepository repository =
                        TemporaryRepository.create(folder.resolve("a.git"), MutableClock.started());
                ObjectInserter inserter = repository.git().newObjectInserter();
                ObjectReader reader = repository.git().newObjectReader()) {
            ObjectId blob = inserter.insert(Constants.OBJ_BLOB, "x".getBytes(StandardCharsets.UTF_8));
            ObjectId elsewhere = ObjectId.fromString("1234567890123456789012345678901234567890");
            TreeFormatter before = new TreeFormatter();
            before.append("link", FileMode.SYMLINK, blob);
            before.append("other", FileMode.GITLINK, elsewhere);
            before.append("run.sh", FileMode.EXECUTABLE_FILE, blob);
            ObjectId tree = inserter.insert(before);
            inserter.flush();

            LedgerTree written = LedgerTree.read(reader, tree)
                    .with(Map.of("holder.json", Optional.of(blob)))
                    .write(inserter);
            inserter.flush();

            assertThat(mode(reader, written, "link")).isEqualTo(FileMode.SYMLINK);
            assertThat(mode(reader, written, "other")).isEqualTo(FileMode.GITLINK);
            assertThat(mode(reader, written, "run.sh")).isEqualTo(FileMode.EXECUTABLE_FILE);
            assertThat(mode(reader, written, "holder.json")).isEqualTo(FileMode.REGULAR_FILE);
        }
    }

    private static FileMode mode(ObjectReader reader, LedgerTree tree, String path) throws Exception {
        try (TreeWalk found = TreeWalk.forPath(reader, path, tree.id())) {
            assertThat(found).as(path).isNotNull();
            return found.getFileMode(0);
        }
    }
}
