package dev.plumbline.reconciler.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that names who may ask, read again whenever it changes. When it cannot be used any more, those that were read
 * last stay: a slip of the pen locks nobody out in the middle of a night, and {@link #problem()} says that a token may
 * live on that somebody meant to end. Thread-safe.
 */
public final class TokensFile {
    private static final Logger LOG = LoggerFactory.getLogger(TokensFile.class);
    private static final int LARGEST = 1 << 20;

    private final Path file;
    private final Clock clock;
    private volatile Reading reading;

    /** What was read, and how the file looked then. */
    private record Reading(TokenTable table, Instant at, Optional<FileStamp> stamp, Optional<String> problem) {
        boolean stillHolds(Optional<FileStamp> now) {
            return now.isPresent() && now.equals(stamp) && now.get().tellsChangesAfter(at);
        }
    }

    private TokensFile(Path file, Clock clock, Reading reading) {
        this.file = file;
        this.clock = clock;
        this.reading = reading;
    }

    /**
     * Reads the file.
     *
     * @throws TokensException when it cannot be read, others can change it, or what it says cannot be used
     */
    public static TokensFile open(Path file, Clock clock) throws TokensException {
        Instant at = clock.instant();
        Optional<FileStamp> stamp = stamp(file);
        TokenTable table = read(file);
        return new TokensFile(file, clock, new Reading(table, at, stamp, Optional.empty()));
    }

    /** Whose token this is; empty when it is nobody's. */
    public Optional<Caller> caller(String token) {
        return current().table().caller(token);
    }

    /** How many callers there are. */
    public int callers() {
        return current().table().entries().size();
    }

    /** Why the file as it is now is not what holds; empty when it is. */
    public Optional<String> problem() {
        return current().problem();
    }

    private Reading current() {
        Reading last = reading;
        return last.stillHolds(stamp(file)) ? last : again();
    }

    private synchronized Reading again() {
        Reading last = reading;
        Instant at = clock.instant();
        Optional<FileStamp> stamp = stamp(file);
        if (last.stillHolds(stamp)) {
            return last;
        }
        Reading next = next(last, at, stamp);
        if (!next.problem().equals(last.problem()) || !next.table().equals(last.table())) {
            tell(next);
        }
        reading = next;
        return next;
    }

    private Reading next(Reading last, Instant at, Optional<FileStamp> stamp) {
        try {
            return new Reading(read(file), at, stamp, Optional.empty());
        } catch (TokensException unusable) {
            return new Reading(last.table(), at, stamp, Optional.of(String.valueOf(unusable.getMessage())));
        }
    }

    private static void tell(Reading next) {
        if (next.problem().isPresent()) {
            LOG.error(
                    "the tokens file cannot be used, the tokens read before stay live reason=\"{}\"",
                    next.problem().get());
        } else {
            LOG.info("tokens were read again callers={}", next.table().entries().size());
        }
    }

    private static Optional<FileStamp> stamp(Path file) {
        try {
            return Optional.of(FileStamp.of(file));
        } catch (IOException unreadable) {
            // Reading it says why.
            return Optional.empty();
        }
    }

    private static TokenTable read(Path file) throws TokensException {
        String name = "the tokens file " + file.getFileName();
        byte[] bytes;
        try (InputStream open = Files.newInputStream(file)) {
            requireOwnersAlone(file, name);
            bytes = open.readNBytes(LARGEST + 1);
        } catch (IOException unreadable) {
            // Neither name nor cause: it may be a token, put where its file belongs.
            throw new TokensException("the tokens file that auth.tokensFile names cannot be read");
        }
        if (bytes.length > LARGEST) {
            throw new TokensException(name + " is larger than 1 MiB");
        }
        try {
            return TokenTableReader.read(bytes);
        } catch (TokensException unusable) {
            throw new TokensException(name + " cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    /** Whoever may write the file may let themselves in. It holds digests only, so reading it tells nobody a token. */
    private static void requireOwnersAlone(Path file, String name) throws IOException, TokensException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new TokensException(
                    name + " can be changed by others than its owner, who could let themselves in: chmod go-w it");
        }
    }
}
