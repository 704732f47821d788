package dev.plumbline.reconciler.scaffold;

import dev.plumbline.reconciler.source.remote.IsolatedGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.api.AddCommand;
import org.eclipse.jgit.api.CommitCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.StatusCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.PersonIdent;

/** A folder that becomes a Git repository, or is one already. Whatever lies in it stays as it is. */
final class RepositoryFolder {
    private static final String BRANCH = "main";

    /** Files that a person may have already, and that nothing of ours depends on. */
    private static final Set<String> LEFT_ALONE = Set.of("README.md", ".gitattributes");

    private final Path folder;
    private final boolean force;

    RepositoryFolder(Path folder, boolean force) {
        this.folder = folder;
        this.force = force;
    }

    /** Writes the files and commits them, and nothing else. */
    RepositoryScaffold.Made commit(SortedMap<String, byte[]> files, String message, Author author, Clock clock)
            throws ScaffoldException, IOException {
        SortedMap<String, byte[]> written = refuseWhatIsInTheWay(files);
        for (Map.Entry<String, byte[]> file : written.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.resolveSibling("."));
            Files.write(target, file.getValue());
        }
        IsolatedGit.install();
        try (Git git = repository()) {
            PersonIdent person = new PersonIdent(author.name(), author.email(), clock.instant(), clock.getZone());
            return new RepositoryScaffold.Made(
                    List.copyOf(written.keySet()), commit(git, written.keySet(), message, person));
        } catch (GitAPIException failure) {
            throw new IOException("Git refused the first commit: " + failure.getMessage(), failure);
        }
    }

    /** The folder can be written to as far as its other content goes. */
    void refuseUnlessFree() throws ScaffoldException, IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new ScaffoldException(folder.getFileName() + " is a file, not a folder", "name another folder");
        }
        if (!force && !isEmpty()) {
            throw new ScaffoldException(
                    folder.getFileName() + " is not empty",
                    "name another folder, or add --force to add to this one; files that are there stay as they are");
        }
    }

    private SortedMap<String, byte[]> refuseWhatIsInTheWay(SortedMap<String, byte[]> files)
            throws ScaffoldException, IOException {
        refuseUnlessFree();
        SortedMap<String, byte[]> written = new TreeMap<>();
        List<String> taken = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                    || (Files.isRegularFile(target) && Arrays.equals(Files.readAllBytes(target), file.getValue()))) {
                written.put(file.getKey(), file.getValue());
            } else if (!LEFT_ALONE.contains(file.getKey())) {
                taken.add(file.getKey());
            }
        }
        if (!taken.isEmpty()) {
            throw new ScaffoldException(
                    folder.getFileName() + " has other files of these names: " + String.join(", ", taken),
                    "choose another --name, or move them away");
        }
        return written;
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private Git repository() throws IOException, GitAPIException {
        return Files.exists(folder.resolve(Constants.DOT_GIT))
                ? Git.open(folder.toFile())
                : Git.init()
                        .setDirectory(folder.toFile())
                        .setInitialBranch(BRANCH)
                        .call();
    }

    private static String commit(Git git, Set<String> paths, String message, PersonIdent person)
            throws ScaffoldException, GitAPIException, IOException {
        AddCommand add = git.add();
        paths.forEach(add::addFilepattern);
        DirCache index = add.call();
        List<String> ignored =
                paths.stream().filter(path -> index.getEntry(path) == null).toList();
        if (!ignored.isEmpty()) {
            throw new ScaffoldException(
                    "Git ignores " + String.join(", ", ignored) + ", so they were written, but not committed",
                    "look into .gitignore, then add and commit them");
        }
        StatusCommand status = git.status();
        paths.forEach(status::addPath);
        if (!status.call().hasUncommittedChanges()) {
            throw new ScaffoldException("there is nothing to commit: all of it is there already");
        }
        CommitCommand commit = git.commit()
                .setMessage(message)
                .setAuthor(person)
                .setCommitter(person)
                .setSign(false);
        if (git.getRepository().resolve(Constants.HEAD) != null) {
            paths.forEach(commit::setOnly);
        }
        return commit.call().name();
    }
}
