package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

final class LoopMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LoopMetrics metrics = new LoopMetrics(registry);

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    @Test
    void tellsTheQueueAlsoWhenNobodyElseHoldsOnToTheReading() {
        WeakReference<Object> collected = watch();
        while (collected.get() != null) {
            System.gc();
        }

        assertThat(gauge("plumbline.reconcile.queue.depth")).isEqualTo(3);
    }

    private WeakReference<Object> watch() {
        int[] depth = {3};
        IntSupplier reading = () -> depth[0];
        metrics.queue(reading);
        return new WeakReference<>(new Object());
    }

    @Test
    void tellsWhichRevisionWasFetchedAndAppliedLast() {
        metrics.fetched(Instant.ofEpochSecond(1_700_000_000));
        metrics.applied("0123abcd", Instant.ofEpochSecond(1_700_000_005));
        metrics.applied("4567cdef", Instant.ofEpochSecond(1_700_000_009));

        assertThat(gauge("plumbline.source.last.fetch.seconds")).isEqualTo(1_700_000_000);
        assertThat(gauge("plumbline.revision.applied.seconds")).isEqualTo(1_700_000_009);
        assertThat(registry.get("plumbline.revision.applied").gauges())
                .hasSize(1)
                .allSatisfy(gauge -> {
                    assertThat(gauge.getId().getTag("revision")).isEqualTo("4567cdef");
                    assertThat(gauge.value()).isEqualTo(1);
                });
    }
}
