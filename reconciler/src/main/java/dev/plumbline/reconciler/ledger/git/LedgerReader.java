package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.ArchivedVerdict;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.audit.RecordReader;
import dev.plumbline.reconciler.ledger.audit.RecordVerification;
import dev.plumbline.reconciler.signing.CommitSigning;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.IsolatedGit;
import dev.plumbline.reconciler.source.remote.Remote;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the ledger of any repository without a control plane: of one on this machine, of a clone's origin, of a URL. */
public final class LedgerReader {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerReader.class);

    private final String branch;
    private final GitCredentials credentials;

    /** Reads this branch, without {@code refs/heads/}, with these credentials. */
    public LedgerReader(String branch, GitCredentials credentials) {
        this.branch = branch;
        this.credentials = credentials;
        IsolatedGit.install();
    }

    /** What is wanted of a ledger. */
    @FunctionalInterface
    private interface Wanted<T> {
        Optional<T> of(Repository repository, ObjectId head) throws LedgerException;
    }

    /**
     * The ledger of a remote.
     *
     * @return empty when the repository has none
     */
    public Optional<LedgerView> read(Remote remote) throws LedgerException, InterruptedException {
        return read(remote, LedgerReader::state);
    }

    private static Optional<LedgerView> state(Repository repository, ObjectId head) throws LedgerException {
        return Optional.of(new LedgerLoader(repository).load(head).state());
    }

    private <T> Optional<T> read(Remote remote, Wanted<T> wanted) throws LedgerException, InterruptedException {
        if (remote.folder().isEmpty()) {
            return fetched(remote, wanted);
        }
        // An origin of its own, which may be a clone of it again, is not asked.
        try (Repository repository = find(remote.folder().get())) {
            return at(repository, LedgerRemote.ref(branch), wanted);
        }
    }

    /**
     * The ledger of the repository that a folder is or lies in. That of a clone is its origin's; when the origin cannot be
     * asked, it is what was last fetched from there.
     *
     * @return empty when the repository has none
     * @throws LedgerException {@code NotFound} when there is no repository
     */
    public Optional<LedgerView> readFolder(Path folder) throws LedgerException, InterruptedException {
        return readFolder(folder, LedgerReader::state);
    }

    /**
     * A verdict in the ledger of the repository that a folder is or lies in, also one that only the history holds.
     *
     * @param digits how its id begins, at least two of them, without {@code sha256:}
     * @return empty when the repository has no ledger, or that no such verdict
     * @throws LedgerException {@code NotFound} when there is no repository, or several verdicts begin so
     */
    public Optional<ArchivedVerdict> verdict(Path folder, String digits) throws LedgerException, InterruptedException {
        return readFolder(folder, (repository, head) -> new LedgerArchive(repository, head).verdict(digits));
    }

    /**
     * Gives every record of the ledger of the repository that a folder is or lies in to the reader, oldest first.
     *
     * @return whether there is such a ledger
     */
    public boolean records(Path folder, RecordReader reader) throws LedgerException, InterruptedException {
        try (Repository followed = find(folder)) {
            return readFolder(folder, (repository, head) -> {
                        new LedgerRecords(repository, head, CommitSigning.none(), followed).each(reader);
                        return Optional.of(true);
                    })
                    .isPresent();
        }
    }

    /**
     * Checks every record of the ledger of the repository that a folder is or lies in, and every checkpoint.
     *
     * @param trust whose signatures are trusted; nobody's are asked for when it trusts nobody
     * @return empty when the repository has none
     * @throws LedgerException also when a record cannot be read at all, which it names
     */
    public Optional<RecordVerification> verified(Path folder, CommitSigning trust)
            throws LedgerException, InterruptedException {
        return readFolder(folder, (repository, head) -> {
            RecordVerification verification = new RecordVerification();
            new LedgerRecords(repository, head, trust, repository).each((record, _) -> verification.take(record));
            try {
                new CheckpointHistory(repository, branch).verify(verification, trust);
            } catch (IOException broken) {
                throw new LedgerException("Damaged", "A checkpoint cannot be read: " + broken.getMessage(), broken);
            }
            if (trust.trusts()) {
                verification.takenAll();
            }
            return Optional.of(verification);
        });
    }

    private <T> Optional<T> readFolder(Path folder, Wanted<T> wanted) throws LedgerException, InterruptedException {
        try (Repository repository = find(folder)) {
            Optional<String> origin = Optional.ofNullable(repository.getConfig().getString("remote", "origin", "url"));
            if (origin.isEmpty() || repository.isBare()) {
                Optional<T> own = at(repository, LedgerRemote.ref(branch), wanted);
                return own.isPresent() || origin.isEmpty() ? own : origin(repository, origin.get(), wanted);
            }
            // A branch of the ledger that somebody made in a working clone stays where it was.
            Optional<T> asked = origin(repository, origin.get(), wanted);
            return asked.isPresent() ? asked : at(repository, LedgerRemote.ref(branch), wanted);
        }
    }

    private <T> Optional<T> origin(Repository clone, String url, Wanted<T> wanted)
            throws LedgerException, InterruptedException {
        Path base = (clone.isBare() ? clone.getDirectory() : clone.getWorkTree()).toPath();
        try {
            return read(Remote.parse(url, base), wanted);
        } catch (IllegalArgumentException | LedgerException unreachable) {
            Optional<T> last = at(clone, "refs/remotes/origin/" + branch, wanted);
            if (last.isEmpty()) {
                throw unreachable instanceof LedgerException known
                        ? known
                        : new LedgerException("Unreachable", String.valueOf(unreachable.getMessage()), unreachable);
            }
            LOG.warn(
                    "The origin cannot be asked, so this is what was last fetched from it reason={}",
                    unreachable.getMessage());
            return last;
        }
    }

    private static Repository find(Path folder) throws LedgerException {
        try {
            FileRepositoryBuilder builder = new FileRepositoryBuilder();
            File start = folder.toAbsolutePath().toFile();
            var bare = RepositoryCache.FileKey.resolve(start, FS.DETECTED);
            if (bare != null) {
                builder.setGitDir(bare);
            } else {
                builder.findGitDir(start);
            }
            if (builder.getGitDir() == null) {
                throw new LedgerException("NotFound", folder.getFileName() + " is in no Git repository.");
            }
            return builder.setMustExist(true).build();
        } catch (IOException broken) {
            throw new LedgerException("NotFound", folder.getFileName() + " is in no Git repository.", broken);
        }
    }

    private static <T> Optional<T> at(Repository repository, String ref, Wanted<T> wanted) throws LedgerException {
        try {
            Optional<ObjectId> head =
                    Optional.ofNullable(repository.exactRef(ref)).map(Ref::getObjectId);
            return head.isEmpty() ? Optional.empty() : wanted.of(repository, head.get());
        } catch (IOException broken) {
            throw new LedgerException("Damaged", "The ledger's branch cannot be read.", broken);
        }
    }

    private <T> Optional<T> fetched(Remote remote, Wanted<T> wanted) throws LedgerException, InterruptedException {
        try {
            Path scratch = Files.createTempDirectory("plumbline-ledger");
            try (Mirror mirror = Mirror.scratch(scratch, remote, credentials)) {
                if (!mirror.branches().containsKey(branch)) {
                    return Optional.empty();
                }
                mirror.fetchOurs(branch, LedgerRemote.ref(branch));
                String checkpoints = CheckpointHistory.ref(branch);
                mirror.fetchOursByRef(checkpoints, checkpoints);
                return at(mirror.repository(), LedgerRemote.ref(branch), wanted);
            } catch (Source.SourceException failed) {
                throw new LedgerException("Unreachable", String.valueOf(failed.getMessage()), failed);
            } finally {
                delete(scratch);
            }
        } catch (IOException broken) {
            throw new LedgerException("Storage", "There is no room to fetch the ledger into.", broken);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (var walk = Files.walk(folder)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
