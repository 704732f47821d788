package dev.plumbline.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * A real bare Git repository, to be the remote of a test. Commits are made straight into it, as a push by somebody else
 * would. Commit ids are full SHA-1 in hexadecimal. Not thread-safe.
 */
public final class TemporaryRepository implements AutoCloseable {
    private static final int UNTIL_GIVING_UP = 10;

    private final Repository repository;
    private final Clock clock;
    private String author = "Ada Person <ada@example.com>";

    private TemporaryRepository(Repository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /** A new empty bare repository in this folder, with {@code main} as its branch. */
    public static TemporaryRepository create(Path folder, Clock clock) {
        IsolatedGit.install();
        try {
            Repository repository = Git.init()
                    .setBare(true)
                    .setGitDir(folder.toFile())
                    .setInitialBranch("main")
                    .call()
                    .getRepository();
            return new TemporaryRepository(repository, clock);
        } catch (GitAPIException broken) {
            throw new IllegalStateException("no repository could be made", broken);
        }
    }

    /** Where it lies. */
    public Path path() {
        return repository.getDirectory().toPath();
    }

    /** JGit's own view of it, for what has no method here. */
    public Repository git() {
        return repository;
    }

    /** Who makes the commits from now on, written {@code Name <mail>}. */
    public TemporaryRepository as(String nameAndMail) {
        author = nameAndMail;
        return this;
    }

    /** Commits one text file to {@code main}. */
    public String commit(String message, String path, String text) {
        return commit("main", message, Map.of(path, Optional.of(text.getBytes(StandardCharsets.UTF_8))));
    }

    /** Commits these text files to {@code main}. */
    public String commit(String message, Map<String, String> texts) {
        Map<String, Optional<byte[]>> changes = new LinkedHashMap<>();
        texts.forEach((path, text) -> changes.put(path, Optional.of(text.getBytes(StandardCharsets.UTF_8))));
        return commit("main", message, changes);
    }

    /** Removes one file from {@code main}. */
    public String remove(String message, String path) {
        return commit("main", message, Map.of(path, Optional.empty()));
    }

    /** Commits changes to a branch, which it makes when there is none; an empty content removes the path. */
    public String commit(String branch, String message, Map<String, Optional<byte[]>> changes) {
        Map<String, Change> full = new LinkedHashMap<>();
        changes.forEach((path, content) -> full.put(
                path, new Change(FileMode.REGULAR_FILE, content.map(this::blob).orElse(ObjectId.zeroId()))));
        return commitEntries(branch, message, full);
    }

    /** Commits a symbolic link to {@code main}. */
    public String link(String message, String path, String target) {
        ObjectId blob = blob(target.getBytes(StandardCharsets.UTF_8));
        return commitEntries("main", message, Map.of(path, new Change(FileMode.SYMLINK, blob)));
    }

    /** Commits a submodule to {@code main}. */
    public String submodule(String message, String path, String commit) {
        return commitEntries("main", message, Map.of(path, new Change(FileMode.GITLINK, ObjectId.fromString(commit))));
    }

    /** Commits to {@code main} what undoes a commit of it: every file that it changed is as in its parent again. */
    public String revert(String commit) {
        try (RevWalk walk = new RevWalk(repository);
                TreeWalk trees = new TreeWalk(repository)) {
            RevCommit undone = walk.parseCommit(ObjectId.fromString(commit));
            RevCommit parent = walk.parseCommit(undone.getParent(0));
            trees.setRecursive(true);
            trees.addTree(parent.getTree());
            trees.addTree(undone.getTree());
            Map<String, Change> changes = new LinkedHashMap<>();
            while (trees.next()) {
                if (!trees.idEqual(0, 1)) {
                    changes.put(trees.getPathString(), new Change(trees.getFileMode(0), trees.getObjectId(0)));
                }
            }
            return commitEntries(
                    "main",
                    "Revert \"" + undone.getShortMessage() + "\"\n\nThis reverts commit " + commit + ".\n",
                    changes);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Sets a branch to a commit by force, whatever it was. */
    public void rewind(String branch, String commit) {
        move("refs/heads/" + branch, ObjectId.fromString(commit), true);
    }

    /** Deletes a ref, given by its full name. */
    public void deleteRef(String ref) {
        try {
            RefUpdate update = repository.updateRef(ref);
            update.setForceUpdate(true);
            expect(update.delete(), ref);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The commit that a branch stands at. */
    public Optional<String> head(String branch) {
        return resolve("refs/heads/" + branch).map(ObjectId::name);
    }

    /** The text of a file at a branch or commit. */
    public Optional<String> read(String revision, String path) {
        return bytes(revision, path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** The bytes of a file at a branch or commit. */
    public Optional<byte[]> bytes(String revision, String path) {
        try (RevWalk walk = new RevWalk(repository)) {
            Optional<ObjectId> at = resolve(revision);
            if (at.isEmpty()) {
                return Optional.empty();
            }
            TreeWalk found = TreeWalk.forPath(
                    repository, path, walk.parseCommit(at.get()).getTree());
            return found == null
                    ? Optional.empty()
                    : Optional.of(repository.open(found.getObjectId(0)).getBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Every file at a branch or commit, by path. */
    public List<String> files(String revision) {
        try (RevWalk walk = new RevWalk(repository);
                TreeWalk trees = new TreeWalk(repository)) {
            trees.setRecursive(true);
            trees.addTree(walk.parseCommit(resolve(revision).orElseThrow()).getTree());
            List<String> paths = new ArrayList<>();
            while (trees.next()) {
                paths.add(trees.getPathString());
            }
            return paths;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The full messages of a branch, newest first. */
    public List<String> log(String branch) {
        try (RevWalk walk = new RevWalk(repository)) {
            Optional<ObjectId> head = resolve("refs/heads/" + branch);
            if (head.isEmpty()) {
                return List.of();
            }
            walk.markStart(walk.parseCommit(head.get()));
            List<String> messages = new ArrayList<>();
            walk.forEach(commit -> messages.add(commit.getFullMessage()));
            return messages;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** From now on a hook of the repository refuses every push to this branch in these words. */
    public void protect(String branch, String words) {
        hook(
                "update",
                "#!/bin/sh\nif [ \"$1\" = 'refs/heads/" + branch + "' ]; then\n  echo '" + words
                        + "' >&2\n  exit 1\nfi\n");
    }

    /** Installs a hook of the repository. */
    public void hook(String name, String script) {
        try {
            Path hooks = Files.createDirectories(path().resolve("hooks"));
            Path file = Files.writeString(hooks.resolve(name), script);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        repository.close();
    }

    private String commitEntries(String branch, String message, Map<String, Change> changes) {
        String ref = branch.startsWith("refs/") ? branch : "refs/heads/" + branch;
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            Optional<ObjectId> parent = resolve(ref);
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree(parent, changes).writeTree(inserter));
            parent.ifPresent(commit::setParentId);
            PersonIdent person = person();
            commit.setAuthor(person);
            commit.setCommitter(person);
            commit.setMessage(message);
            ObjectId made = inserter.insert(commit);
            inserter.flush();
            move(ref, made, false);
            return made.name();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private DirCache tree(Optional<ObjectId> parent, Map<String, Change> changes) throws IOException {
        DirCache index = DirCache.newInCore();
        DirCacheBuilder builder = index.builder();
        if (parent.isPresent()) {
            try (RevWalk walk = new RevWalk(repository);
                    TreeWalk trees = new TreeWalk(repository)) {
                trees.setRecursive(true);
                trees.addTree(walk.parseCommit(parent.get()).getTree());
                while (trees.next()) {
                    if (!changes.containsKey(trees.getPathString())) {
                        add(builder, trees.getPathString(), trees.getFileMode(0), trees.getObjectId(0));
                    }
                }
            }
        }
        changes.forEach((path, change) -> {
            if (!change.object().equals(ObjectId.zeroId())) {
                add(builder, path, change.mode(), change.object());
            }
        });
        builder.finish();
        return index;
    }

    private static void add(DirCacheBuilder builder, String path, FileMode mode, ObjectId object) {
        DirCacheEntry entry = new DirCacheEntry(path);
        entry.setFileMode(mode);
        entry.setObjectId(object);
        builder.add(entry);
    }

    private void move(String ref, ObjectId commit, boolean force) {
        try {
            for (int attempt = 1; ; attempt++) {
                RefUpdate update = repository.updateRef(ref);
                update.setNewObjectId(commit);
                update.setForceUpdate(force);
                RefUpdate.Result result = update.update();
                if (result != RefUpdate.Result.LOCK_FAILURE || attempt == UNTIL_GIVING_UP) {
                    expect(result, ref);
                    return;
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void expect(RefUpdate.Result result, String ref) {
        switch (result) {
            case NEW, FAST_FORWARD, FORCED, NO_CHANGE -> {}
            case NOT_ATTEMPTED,
                    LOCK_FAILURE,
                    REJECTED,
                    REJECTED_CURRENT_BRANCH,
                    IO_FAILURE,
                    RENAMED,
                    REJECTED_MISSING_OBJECT,
                    REJECTED_OTHER_REASON -> throw new IllegalStateException(ref + ": " + result);
        }
    }

    private PersonIdent person() {
        int mail = author.indexOf(" <");
        return new PersonIdent(
                author.substring(0, mail),
                author.substring(mail + 2, author.length() - 1),
                clock.instant(),
                clock.getZone());
    }

    private ObjectId blob(byte[] content) {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId id = inserter.insert(Constants.OBJ_BLOB, content);
            inserter.flush();
            return id;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Optional<ObjectId> resolve(String revision) {
        try {
            return Optional.ofNullable(repository.resolve(Objects.requireNonNull(revision)));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private record Change(FileMode mode, ObjectId object) {}
}
