package dev.plumbline.webhooks.receive;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Remembers which authentic deliveries were here: for thirty days, and no more than the last ten thousand marks.
 *
 * <p>It is kept in memory only. A delivery that is forgotten and comes again costs one look at Git and changes nothing, so
 * a restart needs no record of it; and only who holds the secret can make anything be remembered. Thread-safe.
 */
public final class Deliveries {
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int MOST = 10_000;

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Instant> seen = new LinkedHashMap<>();

    public Deliveries(Clock clock) {
        this.clock = clock;
    }

    /** Whether none of these marks was here before. Remembers them if so. */
    public boolean first(List<String> marks) {
        lock.lock();
        try {
            Instant now = clock.instant();
            forget(now);
            if (marks.stream().anyMatch(seen::containsKey)) {
                return false;
            }
            marks.forEach(mark -> seen.put(mark, now));
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void forget(Instant now) {
        Iterator<Instant> oldest = seen.values().iterator();
        while (oldest.hasNext()
                && (Duration.between(oldest.next(), now).compareTo(LONGEST) >= 0 || seen.size() >= MOST)) {
            oldest.remove();
        }
    }
}
