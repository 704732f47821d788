package dev.plumbline.schemas.binding;

import dev.plumbline.schemas.model.Algorithm;
import dev.plumbline.schemas.model.Bound;
import dev.plumbline.schemas.model.Metric;
import dev.plumbline.schemas.model.TrainingSpec;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Binds the spec of a Training. */
final class TrainingBinder {
    private TrainingBinder() {}

    static TrainingSpec bind(Fields spec) {
        return new TrainingSpec(
                spec.text("model"),
                spec.text("dataset"),
                trainer(spec.in("trainer")),
                require(spec.in("require")),
                spec.in("killCriteria").duration("maxDuration"),
                resources(spec.in("resources")));
    }

    private static TrainingSpec.Resources resources(Fields resources) {
        return new TrainingSpec.Resources(Math.toIntExact(resources.whole("cpu")), resources.bytes("memory"));
    }

    private static TrainingSpec.TrainerSpec trainer(Fields trainer) {
        SortedMap<String, Double> parameters = new TreeMap<>();
        trainer.object()
                .path("parameters")
                .properties()
                .forEach(each -> parameters.put(each.getKey(), each.getValue().doubleValue()));
        return new TrainingSpec.TrainerSpec(
                trainer.oneOf("algorithm", Algorithm.values(), Algorithm::label), parameters, trainer.whole("seed"));
    }

    private static Map<Metric, Bound> require(Fields require) {
        Map<Metric, Bound> bounds = new EnumMap<>(Metric.class);
        require.object()
                .properties()
                .forEach(each ->
                        bounds.put(Metric.named(each.getKey()).orElseThrow(), new Fields(each.getValue()).bound()));
        return bounds;
    }
}
