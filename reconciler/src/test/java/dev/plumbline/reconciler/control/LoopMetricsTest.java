package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.Holder;
import dev.plumbline.reconciler.ledger.LedgerHealth;
import dev.plumbline.reconciler.status.Conditions;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.testkit.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    static LedgerHealth health() {
        return new LedgerHealth(
                Optional.of(Instant.ofEpochSecond(1_700_000_000)),
                3,
                Optional.empty(),
                Optional.of(Instant.ofEpochSecond(1_700_000_060)),
                new Holder(1, "state", "ada@laptop", Instant.ofEpochSecond(1_700_000_000), Optional.empty()));
    }

    /** A resource that waits for a person. */
    static ResourceStatus status(ResourceId id, String reason) {
        Outcome stalled = new Outcome.Stalled(reason, "mend it");
        return new ResourceStatus(
                id,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Conditions(MutableClock.started())
                        .after(stalled, Optional.empty(), Optional.of("suspended by ann"), Optional.empty(), List.of()),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void tellsWhatIsStalledAndSuspendedOnlyWhileItIs() {
        metrics.ready(status(Specs.TRAINING, "DataRejected"));
        metrics.ready(status(Specs.TRAINING, "BreakerOpen"));

        assertThat(registry.get("plumbline.resource.stalled").gauges())
                .singleElement()
                .satisfies(gauge -> assertThat(gauge.getId().getTag("reason")).isEqualTo("BreakerOpen"));
        assertThat(gauge("plumbline.resource.suspended")).isEqualTo(1);
        metrics.forget(Specs.TRAINING);
        assertThat(registry.find("plumbline.resource.stalled").gauges()).isEmpty();
        assertThat(registry.find("plumbline.resource.suspended").gauges()).isEmpty();
    }

    @Test
    void tellsHowTheLedgerStandsWithTheRemote() {
        metrics.ledger(LoopMetricsTest::health);

        assertThat(gauge("plumbline.ledger.pending.commits")).isEqualTo(3);
        assertThat(gauge("plumbline.ledger.last.push.seconds")).isEqualTo(1_700_000_000);
        assertThat(gauge("plumbline.ledger.last.checkpoint.seconds")).isEqualTo(1_700_000_060);
    }
}
