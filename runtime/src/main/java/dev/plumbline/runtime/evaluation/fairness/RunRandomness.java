package dev.plumbline.runtime.evaluation.fairness;

import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Random numbers that follow from the run and from what they are for: the same run gives the same intervals, and those of one
 * column do not change when another becomes sensitive.
 */
public record RunRandomness(RunId run) implements Function<String, RandomGenerator> {
    @Override
    public RandomGenerator apply(String purpose) {
        Digest digest = Digest.of((run + " " + purpose).getBytes(StandardCharsets.UTF_8));
        return new SplittableRandom(Long.parseUnsignedLong(digest.hex().substring(0, 16), 16));
    }
}
