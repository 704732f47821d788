package dev.plumbline.reconciler.api;

import dev.plumbline.reconciler.access.Caller;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the requests that were turned away at the door, and tells of them without filling the log. Thread-safe. */
final class Denials {
    private static final Logger LOG = LoggerFactory.getLogger(Denials.class);

    private final MeterRegistry metrics;

    Denials(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void count(ApiError refusal, Optional<Caller> caller, String method) {
        Counter counter = Counter.builder("plumbline.api.denied")
                .description("Requests to the control port that were turned away, by the code of the answer")
                .tag("reason", refusal.code())
                .register(metrics);
        counter.increment();
        if (caller.isPresent()) {
            LOG.warn(
                    "a caller may not do what was asked caller={} method={} reason=\"{}\"",
                    caller.get().name(),
                    method,
                    refusal.getMessage());
        } else {
            tell(refusal.code(), Math.round(counter.count()));
        }
    }

    /** The first, the second, the fourth, the eighth …: strangers can ask as often as they like. */
    private static void tell(String code, long count) {
        if (Long.bitCount(count) == 1) {
            LOG.warn("requests to the control port were turned away reason={} count={}", code, count);
        }
    }
}
