package dev.plumbline.reconciler.source;

import java.io.IOException;
import java.time.Duration;

/**
 * How much a remote may send when the watched branch is fetched. Our own branches are exempt: what we pushed we can read.
 *
 * @param packBytes of one fetch, compressed as it is sent
 * @param objectBytes of one file, folder or commit, as it is stored
 * @param time of one fetch
 */
public record FetchLimits(long packBytes, long objectBytes, Duration time) {
    private static final long MEBIBYTE = 1 << 20;

    /** The limits where the configuration names none: 512 MiB, 16 MiB and 10 minutes. */
    public static FetchLimits standard() {
        return new FetchLimits(512 * MEBIBYTE, 16 * MEBIBYTE, Duration.ofMinutes(10));
    }

    /** What a remote sends is more than it may; the message says what to do, and lacks only who sends. */
    public static final class Exceeded extends IOException {
        private Exceeded(String message) {
            super(message);
        }

        public static Exceeded pack(long limit) {
            return new Exceeded("sends more than " + size(limit)
                    + " at once, which is what limits.fetchSize of the configuration allows. Raise it if the repository"
                    + " is to be that large, or take what is too large out of the branch and its history");
        }

        public static Exceeded time(Duration limit) {
            return new Exceeded("did not send everything within " + limit.toMinutes()
                    + " minutes, which is the longest that is waited");
        }
    }

    /** A size for people, in the largest unit that leaves no rest. */
    static String size(long bytes) {
        if (bytes % MEBIBYTE == 0) {
            return bytes / MEBIBYTE + " MiB";
        }
        return bytes % 1024 == 0 ? bytes / 1024 + " KiB" : bytes + " bytes";
    }
}
