package dev.plumbline.runtime;

import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.ModelSpec;
import java.util.Optional;

/** Reads and checks rows. Blocking, interruptible, thread-safe. */
public interface Datasets {
    /**
     * Reads the file as the spec declares it, checks column schema, expectations and split, and digests the rows.
     *
     * @param model the model that is to learn from it; with it the label is checked against the model's task
     */
    DatasetReading read(DatasetSpec dataset, Optional<ModelSpec> model, DataFile file) throws InterruptedException;
}
