package dev.plumbline.reconciler.queue;

import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.TrainingSpec;

/**
 * A run that a Training asks for.
 *
 * @param entry the run as it would be recorded, not begun yet
 * @param needed what it declares
 */
public record QueuedRun(ResourceId training, RunEntry entry, TrainingSpec.Resources needed, Priority priority) {
    QueuedRun wantedBy(Priority other) {
        return new QueuedRun(training, entry, needed, other);
    }

    /** Whether it waits as the other does, and is expected to take as much. */
    boolean takesAs(QueuedRun other) {
        return priority == other.priority()
                && needed.equals(other.needed())
                && entry.model().equals(other.entry().model());
    }
}
