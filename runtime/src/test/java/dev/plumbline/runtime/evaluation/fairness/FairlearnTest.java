package dev.plumbline.runtime.evaluation.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.runtime.Fairness;
import dev.plumbline.runtime.Fairness.Group;
import dev.plumbline.runtime.Fairness.Partition;
import dev.plumbline.schemas.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Compares with Fairlearn on the same predictions; {@code make_reference.py} beside the file made it. */
class FairlearnTest {
    private static final double TOLERANCE = 1e-9;

    @TestFactory
    Stream<DynamicTest> measuresWhatFairlearnMeasures() throws IOException {
        return list(reference().get("cases")).stream()
                .map(one -> DynamicTest.dynamicTest(one.get("name").asString(), () -> compare(one)));
    }

    @Test
    void differencesHaveTheIntervalOfNewcombeAsStatsmodelsComputesIt() throws IOException {
        assertThat(list(reference().get("differences"))).hasSizeGreaterThan(50).allSatisfy(pair -> {
            var interval = proportion(pair, 0).less(proportion(pair, 2), 1.959963984540054);
            assertThat(interval.low()).isCloseTo(pair.get(4).asDouble(), within(TOLERANCE));
            assertThat(interval.high()).isCloseTo(pair.get(5).asDouble(), within(TOLERANCE));
        });
    }

    @Test
    void ratiosHaveTheAdjustedLogarithmicIntervalAsStatsmodelsComputesIt() throws IOException {
        assertThat(list(reference().get("ratios"))).hasSizeGreaterThan(40).allSatisfy(pair -> {
            var interval = proportion(pair, 0).over(proportion(pair, 2), 1.959963984540054);
            assertThat(interval.low()).isCloseTo(pair.get(4).asDouble(), within(TOLERANCE));
            assertThat(interval.high()).isCloseTo(pair.get(5).asDouble(), within(TOLERANCE));
        });
    }

    private static void compare(JsonNode one) throws InterruptedException {
        boolean[] truth = new boolean[one.get("truth").size()];
        for (int row = 0; row < truth.length; row++) {
            truth[row] = one.get("truth").get(row).asInt() == 1;
        }
        Map<String, List<String>> columns = new LinkedHashMap<>();
        one.get("columns").properties().forEach(each -> columns.put(each.getKey(), texts(each.getValue())));

        Fairness fairness = Samples.measure(truth, Json.convert(one.get("scores"), double[].class), columns);

        assertThat(fairness.attributes()).containsExactlyElementsOf(columns.keySet());
        assertThat(fairness.partitions()).hasSameSizeAs(list(one.get("partitions")));
        list(one.get("partitions")).forEach(expected -> compare(expected, fairness));
    }

    private static void compare(JsonNode expected, Fairness fairness) {
        Partition partition =
                Samples.partition(fairness, texts(expected.get("columns")).toArray(String[]::new));
        assertThat(partition.gaps()).hasSize(expected.get("gaps").size());
        partition.gaps().forEach((gap, difference) -> {
            assertThat(difference.value())
                    .as(gap.label())
                    .isCloseTo(expected.get("gaps").get(gap.label()).asDouble(), within(TOLERANCE));
            assertThat(difference.value()).isBetween(difference.low(), difference.high());
        });
        assertThat(partition.groups()).hasSameSizeAs(list(expected.get("groups")));
        list(expected.get("groups")).forEach(group -> compare(group, partition));
    }

    private static void compare(JsonNode expected, Partition partition) {
        Group group = partition.groups().stream()
                .filter(each -> each.values().equals(texts(expected.get("values"))))
                .findFirst()
                .orElseThrow();
        JsonNode rates = expected.get("rates");
        assertThat(group.n()).isEqualTo(rates.get("n").asLong());
        group.rates().forEach((rate, measured) -> {
            if (rate != Fairness.Rate.CALIBRATION) {
                assertThat(measured.value())
                        .as(rate.label())
                        .isCloseTo(rates.get(rate.label()).asDouble(), within(TOLERANCE));
            }
        });
        assertThat(group.rates()).hasSize(6);
    }

    private static Proportion proportion(JsonNode pair, int at) {
        return new Proportion(pair.get(at).asLong(), pair.get(at + 1).asLong());
    }

    private static JsonNode reference() throws IOException {
        try (InputStream in = FairlearnTest.class.getResourceAsStream("/fairness/reference.json")) {
            return Json.read(Objects.requireNonNull(in).readAllBytes());
        }
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static List<String> texts(JsonNode array) {
        return Arrays.asList(Json.convert(array, String[].class));
    }
}
