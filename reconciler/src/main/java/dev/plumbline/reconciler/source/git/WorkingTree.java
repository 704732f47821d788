package dev.plumbline.reconciler.source.git;

import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.remote.IsolatedGit;
import dev.plumbline.schemas.model.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * A person's clone, read where it stands: its commits, and what is not committed yet under a revision of its own.
 * Nothing is fetched and nothing is written.
 */
public final class WorkingTree implements Source, AutoCloseable {
    private final Repository repository;
    private final String root;

    private WorkingTree(Repository repository, String root) {
        this.repository = repository;
        this.root = root;
    }

    /**
     * The clone that a folder lies in.
     *
     * @param root the folder of the repository that holds the specs; empty for the whole repository
     * @throws SourceException {@code NotFound} when it lies in none
     */
    public static WorkingTree around(Path folder, String root) throws SourceException {
        String specs = GitSource.folder(root);
        IsolatedGit.install();
        FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(folder.toFile());
        if (builder.getGitDir() == null) {
            throw new SourceException("NotFound", "this folder lies in no Git repository");
        }
        try {
            Repository repository = builder.build();
            if (repository.isBare()) {
                repository.close();
                throw new SourceException("NotFound", "this repository has no working tree: ask in a clone of it");
            }
            return new WorkingTree(repository, specs);
        } catch (IOException broken) {
            throw new SourceException("Damaged", "the repository around this folder cannot be read", broken);
        }
    }

    /** What stands in the folder, committed or not. */
    @Override
    public Optional<Snapshot> fetch() throws SourceException {
        return Optional.of(at(FolderSnapshot.UNCOMMITTED));
    }

    /** The commit that the clone stands on; empty before the first one. */
    public Optional<Revision> newest() throws SourceException {
        try {
            return Optional.ofNullable(repository.resolve("HEAD")).map(commit -> new Revision(commit.name()));
        } catch (IOException broken) {
            throw new SourceException("Damaged", "the repository's history cannot be read", broken);
        }
    }

    /**
     * The commit that Git means by this name.
     *
     * @throws SourceException {@code NotFound} when it means none
     */
    public Revision resolve(String name) throws SourceException {
        try {
            ObjectId commit = repository.resolve(name + "^{commit}");
            if (commit != null) {
                return new Revision(commit.name());
            }
        } catch (IOException | IllegalArgumentException unknown) {
            throw new SourceException("NotFound", "this repository knows no commit '" + name + "'", unknown);
        }
        throw new SourceException("NotFound", "this repository knows no commit '" + name + "'");
    }

    /** Whether this clone holds the commit. */
    public boolean holds(Revision revision) {
        try {
            return repository.getObjectDatabase().has(ObjectId.fromString(revision.id()));
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Whether this commit, by what Git calls it, is the other one or comes after it. */
    public boolean contains(String name, Revision earlier) throws SourceException {
        if (!holds(earlier)) {
            return false;
        }
        try (RevWalk walk = new RevWalk(repository)) {
            ObjectId later = repository.resolve(name + "^{commit}");
            return later != null
                    && walk.isMergedInto(walk.parseCommit(ObjectId.fromString(earlier.id())), walk.parseCommit(later));
        } catch (IOException broken) {
            throw new SourceException("Damaged", "the repository's history cannot be read", broken);
        }
    }

    @Override
    public Snapshot at(Revision revision) throws SourceException {
        try {
            return revision.equals(FolderSnapshot.UNCOMMITTED)
                    ? FolderSnapshot.of(repository.getWorkTree().toPath(), root)
                    : GitSnapshot.of(repository, ObjectId.fromString(revision.id()), root);
        } catch (IOException broken) {
            throw new SourceException("Damaged", "the repository cannot be read at " + revision.shortened(), broken);
        }
    }

    /** Those that are committed. */
    @Override
    public List<Revision> changes(String file, Optional<Revision> from, Revision to) throws SourceException {
        try {
            return to.equals(FolderSnapshot.UNCOMMITTED)
                    ? List.of()
                    : new CommitHistory(repository).changes(file, from, to);
        } catch (IOException broken) {
            throw new SourceException("Damaged", "the repository's history cannot be read", broken);
        }
    }

    @Override
    public boolean includes(Revision later, Revision earlier) throws SourceException {
        try {
            return new CommitHistory(repository)
                    .descends(ObjectId.fromString(earlier.id()), ObjectId.fromString(later.id()));
        } catch (IOException broken) {
            throw new SourceException("Damaged", "the repository's history cannot be read", broken);
        }
    }

    /** An uncommitted change confirms nothing. */
    @Override
    public List<Revision> saying(String name, String value, Set<Revision> from, Revision to) throws SourceException {
        if (to.equals(FolderSnapshot.UNCOMMITTED)) {
            return List.of();
        }
        try {
            return TrailerSearch.search(repository, name, value, from, to);
        } catch (IOException broken) {
            throw new SourceException("Damaged", "the repository's history cannot be read", broken);
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
