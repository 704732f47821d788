package dev.plumbline.reconciler.queue;

import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.TrainingSpec.Resources;
import java.util.Collection;
import java.util.Optional;

/**
 * What all training together may use of the machine at one time.
 *
 * @param cpu processors
 * @param runs how many at most, whatever they use
 */
public record TrainingLimits(int cpu, long memoryBytes, int runs) {
    /** As many at once as cpu and memory allow. */
    public static final int ANY_NUMBER = Integer.MAX_VALUE;

    /** Half of a machine with so many processors and so much memory. */
    public static TrainingLimits halfOf(int processors, long memoryBytes) {
        return new TrainingLimits(Math.max(1, processors / 2), memoryBytes / 2, ANY_NUMBER);
    }

    /** Why a run that declares this can never start; empty when it can. */
    Optional<String> never(ResourceId training, Resources needed) {
        if (needed.cpu() > cpu) {
            return Optional.of(training + " declares resources.cpu " + needed.cpu() + ", and limits.trainingCpu is "
                    + cpu + ": declare less, or raise the limit");
        }
        if (needed.memoryBytes() > memoryBytes) {
            return Optional.of(training + " declares resources.memory " + mebibytes(needed.memoryBytes())
                    + ", and limits.trainingMemory is " + mebibytes(memoryBytes)
                    + ": declare less, or raise the limit");
        }
        return Optional.empty();
    }

    /** Whether these fit all at once. */
    boolean fit(Collection<Resources> all) {
        long processors = all.stream().mapToLong(Resources::cpu).sum();
        long memory = all.stream().mapToLong(Resources::memoryBytes).sum();
        return all.size() <= runs && processors <= cpu && memory <= memoryBytes;
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + "Mi";
    }
}
