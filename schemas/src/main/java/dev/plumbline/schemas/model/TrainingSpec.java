package dev.plumbline.schemas.model;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a model is fitted.
 *
 * @param require bounds that the measured metrics must keep for the version to be registered
 * @param maxDuration a run that takes longer is ended
 * @param resources what the process that trains may use
 */
public record TrainingSpec(
        String model,
        String dataset,
        TrainerSpec trainer,
        Map<Metric, Bound> require,
        Duration maxDuration,
        Resources resources)
        implements Spec {
    public TrainingSpec {
        require = Collections.unmodifiableSortedMap(new TreeMap<>(require));
    }

    @Override
    public Kind kind() {
        return Kind.TRAINING;
    }

    /**
     * What a run needs before it starts, and may use then.
     *
     * @param cpu processors that it may keep busy
     * @param memoryBytes heap of the process that trains
     */
    public record Resources(int cpu, long memoryBytes) {}

    /** Parameters by name, every one that the algorithm knows, defaults filled in. */
    public record TrainerSpec(Algorithm algorithm, SortedMap<String, Double> parameters, long seed) {
        public TrainerSpec {
            parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        }
    }
}
