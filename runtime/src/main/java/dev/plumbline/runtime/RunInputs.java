package dev.plumbline.runtime;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Algorithm;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.Split;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.model.TrainingSpec;
import dev.plumbline.schemas.model.UnknownCategory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Everything that determines a model's bytes, and nothing else: comments, labels, owners, requirements, limits, the
 * repository's revision and Plumbline's own version are recorded with a run but are not part of it.
 *
 * @param dataset digest of the canonical rows
 * @param features the columns that the model takes, in order
 * @param format raised only when the trainer would produce other bytes from the same inputs
 */
public record RunInputs(
        Task task,
        Digest dataset,
        String label,
        Optional<String> positive,
        List<Feature> features,
        Split split,
        Algorithm algorithm,
        SortedMap<String, Double> parameters,
        long seed,
        int format) {
    public RunInputs {
        features = List.copyOf(features);
    }

    /**
     * One input column, as the artifact announces it.
     *
     * @param min smallest number that a prediction may bring; part of the run, because the artifact itself refuses by it
     * @param max largest number that a prediction may bring
     */
    public record Feature(
            String name,
            ColumnType type,
            List<String> values,
            UnknownCategory unknown,
            Optional<Double> min,
            Optional<Double> max) {
        public Feature {
            values = List.copyOf(values);
        }

        /** A column without bounds. */
        public Feature(String name, ColumnType type, List<String> values, UnknownCategory unknown) {
            this(name, type, values, unknown, Optional.empty(), Optional.empty());
        }

        /** The same column with these categories. */
        public Feature withValues(List<String> other) {
            return new Feature(name, type, other, unknown, min, max);
        }
    }

    /** The inputs that these specs ask for over rows of this digest. */
    public static RunInputs of(
            ModelSpec model, DatasetSpec dataset, TrainingSpec training, Digest rows, int trainerFormat) {
        List<Feature> features = dataset.features().stream()
                .map(name ->
                        Map.entry(name, Objects.requireNonNull(dataset.schema().get(name), name)))
                .map(column -> new Feature(
                        column.getKey(),
                        column.getValue().type(),
                        column.getValue().values(),
                        column.getValue().unknown(),
                        column.getValue().min(),
                        column.getValue().max()))
                .toList();
        return new RunInputs(
                model.task(),
                rows,
                dataset.label(),
                dataset.positive(),
                features,
                dataset.split(),
                training.trainer().algorithm(),
                training.trainer().parameters(),
                training.trainer().seed(),
                trainerFormat);
    }

    /** The run of these inputs. */
    public RunId id() {
        return new RunId(Json.digest(this));
    }
}
