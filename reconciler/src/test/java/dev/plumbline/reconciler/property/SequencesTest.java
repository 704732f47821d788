package dev.plumbline.reconciler.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever is done to a control plane, its invariants hold, and live equals Git within three reconciles after faults stop.
 * {@code -Dplumbline.sequences=2000} tries so many sequences, {@code -Dplumbline.seed=S} the one of that seed, and
 * {@code -Dplumbline.steps=1,2,3} only those steps of it.
 */
final class SequencesTest {
    private static final int LENGTH = 30;
    private static final int USUAL = 12;

    /** Failures after which no other sequence is begun. */
    private static final int ENOUGH = 4;

    @Test
    void keepsItsPromisesWhateverIsDone() throws Exception {
        Long one = Long.getLong("plumbline.seed");
        List<Integer> kept = Stream.of(System.getProperty("plumbline.steps", "").split(","))
                .filter(step -> !step.isEmpty())
                .map(Integer::valueOf)
                .toList();
        long first = Long.getLong("plumbline.first", 0);
        List<Long> seeds = one != null
                ? List.of(one)
                : LongStream.range(first, first + Integer.getInteger("plumbline.sequences", USUAL))
                        .boxed()
                        .toList();
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        List<Future<?>> trials = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (long seed : seeds) {
                trials.add(threads.submit(() -> {
                    if (failures.size() < ENOUGH) {
                        new Trial(seed, LENGTH).run(kept).ifPresent(failures::add);
                    }
                    return null;
                }));
            }
        }
        for (Future<?> trial : trials) {
            trial.get();
        }
        assertThat(failures).as("failures of %s sequences", seeds.size()).isEmpty();
    }
}
