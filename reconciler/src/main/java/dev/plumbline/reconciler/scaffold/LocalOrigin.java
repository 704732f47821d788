package dev.plumbline.reconciler.scaffold;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteConfig;
import org.eclipse.jgit.transport.URIish;

/** Finds, or makes, the repository that a folder on this machine is pushed to. */
public final class LocalOrigin {
    private LocalOrigin() {}

    /**
     * Where to follow a folder.
     *
     * @param remote URL or path
     * @param bare the bare repository, when it lies on this machine
     * @param made whether it was made now
     */
    public record Origin(String remote, Optional<Path> bare, boolean made) {}

    /** The folder cannot be followed; the message says why and what to do. */
    public static final class Unfit extends Exception {
        private final String message;

        Unfit(String message) {
            super(message);
            this.message = message;
        }

        Unfit(String message, Throwable cause) {
            super(message, cause);
            this.message = message;
        }

        @Override
        public String getMessage() {
            return message;
        }
    }

    /**
     * The origin of a folder: itself when it is a bare repository, its remote {@code origin} when it has one, else a bare
     * repository beside it, named like it with {@code .git}, which is made, added as {@code origin} and pushed to.
     */
    public static Origin of(Path folder, String branch) throws Unfit {
        if (!Files.exists(folder) && folder.toString().endsWith(".git")) {
            // It may be away for now, such as on a disk that is not mounted: what was followed before serves on.
            return new Origin(folder.toString(), Optional.empty(), false);
        }
        if (!Files.isDirectory(folder)) {
            throw new Unfit("there is no folder " + folder.getFileName() + ": `plumb init` makes one to start from");
        }
        if (isBare(folder)) {
            return new Origin(folder.toString(), Optional.of(folder), false);
        }
        try (Git git = Git.open(folder.toFile())) {
            Optional<Origin> named = named(git, folder);
            return named.isPresent() ? named.get() : make(git, folder, branch);
        } catch (RepositoryNotFoundException none) {
            throw new Unfit(
                    folder.getFileName()
                            + " is no Git repository: run `git init` and commit your specs there, or `plumb"
                            + " init` for an example",
                    none);
        } catch (IOException | GitAPIException | URISyntaxException failure) {
            throw new Unfit(folder.getFileName() + " cannot be followed: " + failure.getMessage(), failure);
        }
    }

    /** The origin that a folder has already; nothing is made. */
    public static Optional<Origin> present(Path folder) {
        if (isBare(folder)) {
            return Optional.of(new Origin(folder.toString(), Optional.of(folder), false));
        }
        try (Git git = Git.open(folder.toFile())) {
            return named(git, folder);
        } catch (IOException | URISyntaxException none) {
            return Optional.empty();
        }
    }

    private static Optional<Origin> named(Git git, Path folder) throws URISyntaxException {
        return origin(git.getRepository()).map(url -> {
            Path local = local(folder, url);
            return new Origin(
                    url.startsWith("/") || Files.isDirectory(local) ? local.toString() : url,
                    Optional.of(local).filter(LocalOrigin::isBare),
                    false);
        });
    }

    private static boolean isBare(Path folder) {
        return Files.isRegularFile(folder.resolve(Constants.HEAD)) && Files.isDirectory(folder.resolve("objects"));
    }

    private static Optional<String> origin(Repository repository) throws URISyntaxException {
        return RemoteConfig.getAllRemoteConfigs(repository.getConfig()).stream()
                .filter(remote -> remote.getName().equals(Constants.DEFAULT_REMOTE_NAME))
                .flatMap(remote -> remote.getURIs().stream())
                .map(URIish::toString)
                .findFirst();
    }

    private static Path local(Path folder, String url) {
        String path = url.startsWith("file://") ? url.substring("file://".length()) : url;
        return folder.resolve(path).normalize();
    }

    private static Origin make(Git git, Path folder, String branch)
            throws Unfit, IOException, GitAPIException, URISyntaxException {
        Repository repository = git.getRepository();
        if (repository.resolve("refs/heads/" + branch) == null) {
            throw new Unfit(folder.getFileName() + " has no commit on " + branch
                    + ": commit your specs first, or name the branch with --branch");
        }
        Path bare = folder.resolveSibling(folder.getFileName() + ".git");
        if (Files.exists(bare)) {
            throw new Unfit(bare.getFileName() + " is in the way: add it as the remote `origin` of "
                    + folder.getFileName() + ", or move it");
        }
        Git.init()
                .setBare(true)
                .setDirectory(bare.toFile())
                .setInitialBranch(branch)
                .call()
                .close();
        git.remoteAdd()
                .setName(Constants.DEFAULT_REMOTE_NAME)
                .setUri(new URIish(bare.toString()))
                .call();
        git.push()
                .setRemote(Constants.DEFAULT_REMOTE_NAME)
                .setRefSpecs(new RefSpec("refs/heads/" + branch + ":refs/heads/" + branch))
                .call();
        track(repository, branch);
        return new Origin(bare.toString(), Optional.of(bare), true);
    }

    /** So that a plain {@code git pull} works in the folder. */
    private static void track(Repository repository, String branch) throws IOException {
        var config = repository.getConfig();
        config.setString("branch", branch, "remote", Constants.DEFAULT_REMOTE_NAME);
        config.setString("branch", branch, "merge", "refs/heads/" + branch);
        config.save();
    }
}
