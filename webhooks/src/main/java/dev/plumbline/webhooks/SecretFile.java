package dev.plumbline.webhooks;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Secrets in a file, read again when the last reading is older than five seconds: a secret is exchanged without a restart,
 * and one that is taken away is refused. Thread-safe.
 */
public final class SecretFile implements SecretSource {
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int LARGEST = 4096;

    private final String key;
    private final Path file;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Reading> last = Optional.empty();

    /**
     * Secrets in this file.
     *
     * @param key the configuration key that names the file, for what people are told
     */
    public SecretFile(String key, Path file, Clock clock) {
        this.key = key;
        this.file = file;
        this.clock = clock;
    }

    @Override
    public Secrets current() throws IOException {
        lock.lock();
        try {
            Instant now = clock.instant();
            if (last.isEmpty() || last.get().oldAt(now)) {
                last = Optional.empty();
                last = Optional.of(new Reading(read(), now));
            }
            return last.get().secrets();
        } finally {
            lock.unlock();
        }
    }

    private Secrets read() throws IOException {
        String content = content();
        if (content.length() > LARGEST) {
            throw new IOException(told("is too large for a secret"));
        }
        try {
            return Secrets.parse(content);
        } catch (IllegalArgumentException wrong) {
            throw new IOException(told(String.valueOf(wrong.getMessage())), wrong);
        }
    }

    private String content() throws IOException {
        try (Reader open = Files.newBufferedReader(file)) {
            char[] start = new char[LARGEST + 1];
            int length = 0;
            int read = open.read(start);
            while (read > 0) {
                length += read;
                read = open.read(start, length, start.length - length);
            }
            return new String(start, 0, length);
        } catch (IOException unreadable) {
            // The system's own message names the whole path.
            throw new IOException(told("cannot be read"), unreadable);
        }
    }

    private String told(String what) {
        return "the file of " + key + " (" + file.getFileName() + ") " + what;
    }

    private record Reading(Secrets secrets, Instant at) {
        /** A clock that went back makes a reading old, too. */
        boolean oldAt(Instant now) {
            return Duration.between(at, now).abs().compareTo(FRESH) > 0;
        }
    }
}
