package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.queue.Priority;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.TrainingSpec;

/**
 * An attempt at a run, not begun yet.
 *
 * @param asker whose attempt it is: a Training, or the Serving that needs a lost artifact
 * @param entry as it would be recorded
 * @param reason why, as a sentence for people
 */
record WantedRun(
        ResourceId asker,
        RunEntry entry,
        AskedRuns.Asked.Run run,
        TrainingSpec spec,
        Priority priority,
        String reason) {
    String words() {
        return "attempt " + entry.attempt() + " at run " + entry.run().shortened();
    }
}
