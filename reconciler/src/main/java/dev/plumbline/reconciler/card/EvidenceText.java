package dev.plumbline.reconciler.card;

import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.runtime.Evaluation;
import dev.plumbline.runtime.Fairness;
import dev.plumbline.runtime.MetricValue;
import dev.plumbline.schemas.model.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the ledger has of a version, as sections of its card. */
final class EvidenceText {
    private final StringBuilder text = new StringBuilder();

    private EvidenceText() {}

    static String of(VersionEntry version) {
        EvidenceText evidence = new EvidenceText();
        evidence.provenance(version);
        evidence.metrics(version.evaluation().metrics());
        evidence.groups(version.evaluation().groups());
        version.evaluation().fairness().ifPresent(evidence::fairness);
        return evidence.text.toString().stripTrailing() + "\n";
    }

    private void provenance(VersionEntry version) {
        MarkdownTable facts = new MarkdownTable("Version", version.version().toString());
        facts.row("Registered", version.createdAt().toString());
        facts.row("Model digest", version.digest().value());
        facts.row("Run", version.run().toString());
        facts.row("Dataset", version.dataset() + ", " + version.rows() + " rows");
        facts.row("Dataset digest", version.inputs().dataset().value());
        facts.row("Algorithm", version.inputs().algorithm().label());
        facts.row("Seed", Long.toString(version.inputs().seed()));
        facts.row("Commit", version.revision().id());
        facts.row("Registration verdict", version.verdict().value());
        version.environment().forEach((name, what) -> facts.row("Environment: " + name, what));
        text.append("## Version\n\n").append(facts).append('\n');
    }

    private void metrics(Map<Metric, MetricValue> metrics) {
        MarkdownTable table = new MarkdownTable("Metric", "Value", "95 % interval", "Rows");
        metrics.forEach((metric, measured) ->
                table.row(metric.label(), number(measured.value()), interval(measured), Long.toString(measured.n())));
        text.append("## Evaluation\n\nMeasured on the rows that were held out.\n\n")
                .append(table)
                .append('\n');
    }

    private void groups(List<Evaluation.Group> groups) {
        if (groups.isEmpty()) {
            return;
        }
        MarkdownTable table = new MarkdownTable("Column", "Value", "Rows", "Metric", "Measured", "95 % interval");
        for (Evaluation.Group group : groups) {
            group.metrics()
                    .forEach((metric, measured) -> table.row(
                            group.column(),
                            group.value(),
                            Long.toString(group.n()),
                            metric.label(),
                            number(measured.value()),
                            interval(measured)));
        }
        text.append("### By sensitive column\n\n").append(table).append('\n');
    }

    private void fairness(Fairness fairness) {
        text.append("## Fairness measured\n\n");
        fairness.notApplicable().ifPresent(why -> text.append(why).append("\n\n"));
        fairness.partitions().forEach(this::partition);
    }

    private void partition(Fairness.Partition partition) {
        // A heading of columns with odd names would be markup; a table says them as they are.
        MarkdownTable about = new MarkdownTable("Groups by", String.join(" and ", partition.columns()));
        about.row("Event", partition.positive());
        partition.notMeasured().ifPresent(why -> about.row("Not measured", why));
        text.append(about).append('\n');
        if (partition.notMeasured().isPresent()) {
            return;
        }
        MarkdownTable groups = new MarkdownTable(Stream.concat(
                        Stream.of("Group", "Rows"),
                        Arrays.stream(Fairness.Rate.values()).map(Fairness.Rate::label))
                .toArray(String[]::new));
        partition.groups().forEach(group -> groups.row(cells(group)));
        text.append(groups).append('\n');
        if (!partition.gaps().isEmpty()) {
            MarkdownTable gaps = new MarkdownTable("Gap", "Value", "95 % interval", "Lowest", "Highest");
            partition
                    .gaps()
                    .forEach((gap, apart) -> gaps.row(
                            gap.label(),
                            number(apart.value()),
                            number(apart.low()) + " to " + number(apart.high()),
                            String.join(", ", apart.lowest()),
                            String.join(", ", apart.highest())));
            text.append(gaps).append('\n');
        }
        reversals(partition.reversals());
    }

    private static String[] cells(Fairness.Group group) {
        List<String> cells = new ArrayList<>(List.of(String.join(", ", group.values()), Long.toString(group.n())));
        for (Fairness.Rate rate : Fairness.Rate.values()) {
            cells.add(Optional.ofNullable(group.rates().get(rate))
                    .map(measured -> number(measured.value()) + " (" + interval(measured) + ")")
                    .orElse("-"));
        }
        return cells.toArray(String[]::new);
    }

    private void reversals(List<Fairness.Reversal> reversals) {
        if (reversals.isEmpty()) {
            return;
        }
        MarkdownTable table = new MarkdownTable("Turns around within", "Rate", "Groups", "Over all rows", "Within");
        reversals.forEach(each -> table.row(
                each.within(),
                each.rate().label(),
                String.join(" less ", each.groups()),
                number(each.overall().value()),
                number(each.stratified().value())));
        text.append(table).append('\n');
    }

    private static String interval(MetricValue measured) {
        return number(measured.low()) + " to " + number(measured.high());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
