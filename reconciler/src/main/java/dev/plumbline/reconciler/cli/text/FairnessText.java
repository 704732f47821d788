package dev.plumbline.reconciler.cli.text;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** How a model treats the groups of its sensitive columns, for people. */
final class FairnessText {
    private static final List<String> RATES = List.of(
            "baseRate",
            "selectionRate",
            "truePositiveRate",
            "falsePositiveRate",
            "positivePredictiveValue",
            "calibration");

    private FairnessText() {}

    /** A part for each column and pair of columns. */
    static String of(JsonNode fairness, Style style) {
        StringBuilder text = new StringBuilder();
        String notApplicable = Fields.text(fairness, "notApplicable");
        if (!notApplicable.isEmpty()) {
            title(text, style, String.join(", ", Fields.texts(fairness, "attributes")));
            text.append(TableText.printable(notApplicable)).append('\n');
        }
        Fields.list(fairness, "partitions").forEach(partition -> partition(text, style, partition));
        return text.toString();
    }

    private static void partition(StringBuilder text, Style style, JsonNode partition) {
        List<String> columns = Fields.texts(partition, "columns");
        title(text, style, String.join(" and ", columns) + ", of the class " + Fields.text(partition, "positive"));
        String notMeasured = Fields.text(partition, "notMeasured");
        if (!notMeasured.isEmpty()) {
            text.append(TableText.printable(notMeasured)).append('\n');
            return;
        }
        TableText groups = new TableText("GROUP", "ROWS", "POSITIVE", "SELECTED", "TPR", "FPR", "PPV", "CALIBRATION");
        for (JsonNode group : Fields.list(partition, "groups")) {
            groups.row(Stream.concat(Stream.of(named(group, "values"), Fields.text(group, "n")), rates(group))
                    .toArray(String[]::new));
        }
        text.append(groups).append('\n').append(gaps(partition));
        Fields.list(partition, "reversals").forEach(reversal -> reversal(text, reversal));
    }

    private static void title(StringBuilder text, Style style, String of) {
        text.append('\n')
                .append(style.strong("Groups by " + TableText.printable(of)))
                .append('\n');
    }

    private static Stream<String> rates(JsonNode group) {
        return RATES.stream()
                .map(rate -> Fields.node(group, "rates")
                        .flatMap(rates -> Fields.node(rates, rate))
                        .map(each -> number(each.path("value").asDouble()))
                        .orElse("-"));
    }

    private static TableText gaps(JsonNode partition) {
        TableText table = new TableText("GAP", "VALUE", "LOWEST", "HIGHEST");
        Fields.node(partition, "gaps")
                .ifPresent(gaps -> gaps.properties().forEach(gap -> {
                    JsonNode apart = gap.getValue();
                    table.row(gap.getKey(), Fields.metric(apart), named(apart, "lowest"), named(apart, "highest"));
                }));
        return table;
    }

    private static void reversal(StringBuilder text, JsonNode reversal) {
        text.append("turned around within %s: the %s of %s is %s over all rows and %s within%n"
                .formatted(
                        TableText.printable(Fields.text(reversal, "within")),
                        Fields.text(reversal, "rate"),
                        TableText.printable(String.join(" less that of ", Fields.texts(reversal, "groups"))),
                        number(reversal.path("overall").path("value").asDouble()),
                        number(reversal.path("stratified").path("value").asDouble())));
    }

    private static String named(JsonNode from, String key) {
        return String.join(", ", Fields.texts(from, key));
    }

    private static String number(double value) {
        return "%.3f".formatted(value);
    }
}
