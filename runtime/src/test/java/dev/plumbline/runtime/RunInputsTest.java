package dev.plumbline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.runtime.RunInputs.Feature;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Algorithm;
import dev.plumbline.schemas.model.ColumnSchema;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.DataFormat;
import dev.plumbline.schemas.model.DataSource;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.RiskTier;
import dev.plumbline.schemas.model.Split;
import dev.plumbline.schemas.model.SplitStrategy;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.model.TrainingSpec;
import dev.plumbline.schemas.model.TrainingSpec.TrainerSpec;
import dev.plumbline.schemas.model.UnknownCategory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunInputsTest {
    private static final Optional<Double> NONE = Optional.empty();

    @Test
    void holdTheBoundsOfTheColumnsThatTheModelTakes() {
        assertThat(inputs(Optional.of(18.0), NONE).features())
                .containsExactly(new Feature(
                        "age", ColumnType.INTEGER, List.of(), UnknownCategory.BUCKET, Optional.of(18.0), NONE));
        assertThat(inputs(Optional.of(18.0), NONE).id())
                .isNotEqualTo(inputs(NONE, NONE).id());
    }

    @Test
    void areTheSameRunWhateverTheBoundsOfTheLabelAre() {
        assertThat(inputs(NONE, Optional.of(9.0)).id())
                .isEqualTo(inputs(NONE, NONE).id());
    }

    /** The written form of an unbounded column knows no bounds, so recorded runs of such columns keep their ids. */
    @Test
    void nameNoBoundWhereThereIsNone() {
        Feature unbounded = inputs(NONE, NONE).features().getFirst();
        byte[] written = "{\"name\":\"age\",\"type\":\"integer\",\"unknown\":\"bucket\",\"values\":[]}"
                .getBytes(StandardCharsets.UTF_8);

        assertThat(Json.canonical(unbounded)).isEqualTo(written);
        assertThat(Json.read(written, Feature.class)).isEqualTo(unbounded);
    }

    private static RunInputs inputs(Optional<Double> min, Optional<Double> maxOfLabel) {
        Map<String, ColumnSchema> schema = new LinkedHashMap<>();
        schema.put("age", new ColumnSchema(ColumnType.INTEGER, min, NONE, List.of(), UnknownCategory.BUCKET));
        schema.put("spend", new ColumnSchema(ColumnType.NUMBER, NONE, maxOfLabel, List.of(), UnknownCategory.BUCKET));
        DatasetSpec dataset = new DatasetSpec(
                new DataSource(
                        Optional.of("rows.csv"),
                        Optional.empty(),
                        Optional.empty(),
                        DataFormat.CSV,
                        true,
                        List.of(),
                        ",",
                        ".",
                        List.of("")),
                "spend",
                Optional.empty(),
                List.of(),
                schema,
                List.of(),
                new Split(SplitStrategy.RANDOM, 0.25, 7, Optional.empty(), Optional.empty()));
        TrainerSpec trainer = new TrainerSpec(Algorithm.LINEAR_REGRESSION, new TreeMap<>(), 42);
        return RunInputs.of(
                new ModelSpec(Task.REGRESSION, RiskTier.LOW, Optional.empty(), List.of()),
                dataset,
                new TrainingSpec(
                        "spend",
                        "rows",
                        trainer,
                        Map.of(),
                        Duration.ofMinutes(1),
                        new TrainingSpec.Resources(1, 256 << 20)),
                Digest.of("rows".getBytes(StandardCharsets.UTF_8)),
                1);
    }
}
