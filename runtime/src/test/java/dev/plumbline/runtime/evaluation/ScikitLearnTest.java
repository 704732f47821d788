package dev.plumbline.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.runtime.Evaluation;
import dev.plumbline.runtime.MetricValue;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Compares with what scikit-learn measured on the same predictions; {@code make_fixture.py} beside the file made it. */
class ScikitLearnTest {
    private static final double TOLERANCE = 1e-9;

    @TestFactory
    Stream<DynamicTest> measuresWhatScikitLearnMeasures() throws IOException {
        try (InputStream in = ScikitLearnTest.class.getResourceAsStream("/evaluation/metrics.json")) {
            JsonNode document = Json.read(Objects.requireNonNull(in).readAllBytes());
            List<JsonNode> cases = StreamSupport.stream(document.get("cases").spliterator(), false)
                    .toList();
            assertThat(cases).hasSizeGreaterThan(10);
            return cases.stream()
                    .map(one -> DynamicTest.dynamicTest(one.get("name").asString(), () -> compare(one)));
        }
    }

    private static void compare(JsonNode one) throws InterruptedException {
        Evaluation evaluation = Evaluator.evaluate(truth(one), predictions(one), List.of(), 1);

        one.get("metrics").properties().forEach(expected -> metric(evaluation, expected));
        if (one.has("confusion")) {
            assertThat(Json.line(evaluation.confusion())).isEqualTo(Json.line(one.get("confusion")));
            assertThat(Json.tree(evaluation.classes())).isEqualTo(one.get("classes"));
            one.get("wilson").properties().forEach(expected -> interval(evaluation, expected));
        }
        assertThat(evaluation.metrics().values()).allSatisfy(value -> {
            assertThat(value.low()).isLessThanOrEqualTo(value.high());
            assertThat(value.n()).isPositive();
        });
    }

    private static void metric(Evaluation evaluation, Map.Entry<String, JsonNode> expected) {
        Metric metric = Metric.named(expected.getKey()).orElseThrow();
        MetricValue measured = evaluation.metrics().get(metric);
        if (expected.getValue().isNull()) {
            assertThat(measured).as(expected.getKey()).isNull();
        } else {
            assertThat(Objects.requireNonNull(measured, expected.getKey()).value())
                    .as(expected.getKey())
                    .isCloseTo(expected.getValue().asDouble(), within(TOLERANCE));
        }
    }

    private static void interval(Evaluation evaluation, Map.Entry<String, JsonNode> expected) {
        MetricValue measured =
                evaluation.metrics().get(Metric.named(expected.getKey()).orElseThrow());
        if (!expected.getValue().isNull()) {
            MetricValue present = Objects.requireNonNull(measured, expected.getKey());
            assertThat(present.low()).isCloseTo(expected.getValue().get(0).asDouble(), within(TOLERANCE));
            assertThat(present.high()).isCloseTo(expected.getValue().get(1).asDouble(), within(TOLERANCE));
        }
    }

    private static Truth truth(JsonNode one) {
        return one.get("task").asString().equals("regression")
                ? new Truth.Numbers(doubles(one.get("numbers")))
                : new Truth.Labels(
                        texts(one.get("truth")).toArray(String[]::new),
                        Optional.of(one.get("positive"))
                                .filter(positive -> !positive.isNull())
                                .map(JsonNode::asString));
    }

    private static Predictions predictions(JsonNode one) {
        return one.has("values")
                ? new Predictions.Values(doubles(one.get("values")))
                : new Predictions.Probabilities(
                        texts(one.get("classes")),
                        StreamSupport.stream(one.get("probabilities").spliterator(), false)
                                .map(ScikitLearnTest::doubles)
                                .toArray(double[][]::new));
    }

    private static List<String> texts(JsonNode array) {
        return Arrays.asList(Json.convert(array, String[].class));
    }

    private static double[] doubles(JsonNode array) {
        return Json.convert(array, double[].class);
    }
}
