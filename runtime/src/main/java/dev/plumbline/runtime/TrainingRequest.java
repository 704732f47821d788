package dev.plumbline.runtime;

import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.TrainingSpec;
import java.nio.file.Path;

/**
 * One attempt at a run.
 *
 * @param modelName the model's metadata name
 * @param attempt from 1; a failed or unfinished run is tried again under the same id
 * @param directory where the attempt keeps its output ({@code output.log}); made when it does not exist
 */
public record TrainingRequest(
        String modelName,
        RunInputs inputs,
        int attempt,
        ModelSpec model,
        DatasetSpec dataset,
        TrainingSpec training,
        DataFile data,
        Path directory) {}
