package dev.plumbline.reconciler.scaffold;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes Git repositories that Plumbline can follow. Not thread-safe for one folder. */
public final class RepositoryScaffold {
    /** The examples that there are. */
    public static final List<String> EXAMPLES = List.of("churn");

    private final Author author;
    private final Clock clock;

    /** Makes commits of this person, at the time that the clock says. */
    public RepositoryScaffold(Author author, Clock clock) {
        this.author = author;
        this.clock = clock;
    }

    /**
     * What was made.
     *
     * @param written paths of the files, in order
     * @param commit id of the commit
     */
    public record Made(List<String> written, String commit) {
        public Made {
            written = List.copyOf(written);
        }
    }

    /**
     * Makes a repository of the example: branch main, one commit.
     *
     * @param force whether the folder may hold other files already
     */
    public Made example(Path folder, boolean force) throws ScaffoldException {
        try {
            SortedMap<String, byte[]> files = new TreeMap<>(ExampleFiles.read());
            files.putAll(EditorSchemas.files());
            return new RepositoryFolder(folder, force)
                    .commit(
                            files,
                            "Start with the example\n\nCustomers who may leave; all of them are made up.\n",
                            author,
                            clock);
        } catch (IOException failure) {
            throw unwritable(folder, failure);
        }
    }

    /** Refuses a folder that holds something already, before anybody works for it. */
    public void refuseUnlessFree(Path folder, boolean force) throws ScaffoldException {
        try {
            new RepositoryFolder(folder, force).refuseUnlessFree();
        } catch (IOException failure) {
            throw unwritable(folder, failure);
        }
    }

    /** Makes a repository of the person's own data: branch main, one commit. */
    public Made specs(Path folder, boolean force, ScaffoldPlan plan) throws ScaffoldException {
        try {
            return new RepositoryFolder(folder, force).commit(plan.files(), plan.message(), author, clock);
        } catch (IOException failure) {
            throw unwritable(folder, failure);
        }
    }

    private static ScaffoldException unwritable(Path folder, IOException failure) {
        return new ScaffoldException(
                "the repository cannot be written to " + folder.getFileName(),
                "look whether the folder may be written to and the disk has room; -v shows more",
                failure);
    }
}
