package dev.plumbline.reconciler.scaffold;

import dev.plumbline.reconciler.scaffold.InferredColumn.Role;
import dev.plumbline.reconciler.scaffold.InferredData.LeftOut;
import dev.plumbline.runtime.DataProfile;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.validation.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Decides what a dataset declares of each column of a file. Pure. */
final class ColumnInference {
    private static final int FEWEST_ROWS = 20;
    private static final int MOST_COLUMNS = 1_000;
    private static final int MOST_VALUES = 50;
    private static final int MOST_IDENTIFIERS = 64;
    private static final int LONGEST_NAME = 256;

    /** A document of a spec may hold 10,000 nodes; this leaves room for the rest of it. */
    private static final int NODES = 8_000;

    private static final int NODES_OF_A_COLUMN = 8;
    private static final Pattern DATE =
            Pattern.compile("\\d{4}-\\d{2}(-\\d{2}([T ].*)?)?|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}( .*)?");

    private final DataProfile profile;
    private final DataChoices choices;

    private ColumnInference(DataProfile profile, DataChoices choices) {
        this.profile = profile;
        this.choices = choices;
    }

    static InferredData of(DataProfile profile, DataChoices choices) throws ScaffoldException {
        return new ColumnInference(profile, choices).infer();
    }

    private InferredData infer() throws ScaffoldException {
        knownColumns();
        if (profile.rows() < FEWEST_ROWS) {
            throw new ScaffoldException(
                    "the file has " + profile.rows() + " rows; at least " + FEWEST_ROWS + " are needed",
                    "with fewer there is nothing to measure a model on");
        }
        LabelInference label = new LabelInference(column(choices.label()));
        Task task = label.task(choices.task());
        Optional<String> positive = label.positive(task, choices.positive());
        int mostValues = mostValues();
        List<InferredColumn> columns = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        int identifiers = choices.identifiers().size();
        for (DataProfile.Column column : profile.columns()) {
            Optional<String> reason = isNamed(column) ? Optional.empty() : reasonToLeaveOut(column);
            Role role = role(column);
            if (role == Role.IDENTIFIER && !choices.identifiers().contains(column.name())) {
                identifiers++;
            }
            if (reason.isPresent() || (role == Role.IDENTIFIER && identifiers > MOST_IDENTIFIERS)) {
                leftOut.add(new LeftOut(column.name(), reason.orElse("seems to name rows")));
            } else {
                columns.add(InferredColumn.of(column, role, role == Role.LABEL ? MOST_VALUES : mostValues));
            }
        }
        InferredData data = new InferredData(choices, profile, task, positive, columns, leftOut);
        somethingToLearnFrom(data);
        return data;
    }

    private void knownColumns() throws ScaffoldException {
        List<String> names =
                profile.columns().stream().map(DataProfile.Column::name).toList();
        for (String named : named().toList()) {
            if (!names.contains(named)) {
                throw new ScaffoldException(
                        "the file has no column " + YamlScalar.of(named),
                        Suggestions.didYouMean(named, names).orElseGet(() -> listed(names)));
            }
            if (!YamlScalar.isAllowed(named) || named.length() > LONGEST_NAME) {
                throw new ScaffoldException(
                        "a spec cannot name the column " + YamlScalar.of(named), "give it a plainer name in the file");
            }
        }
        if (names.size() > MOST_COLUMNS) {
            throw new ScaffoldException(
                    "the file has " + names.size() + " columns; specs are written for up to " + MOST_COLUMNS,
                    "leave out columns that tell nothing, or write the specs by hand");
        }
        if (choices.identifiers().contains(choices.label())) {
            throw new ScaffoldException("--label and --id name the same column", "name two");
        }
    }

    private String listed(List<String> names) {
        String some =
                String.join(", ", names.stream().limit(30).map(YamlScalar::of).toList());
        boolean noHeader = choices.header()
                && names.stream().filter(name -> name.matches("-?[0-9.]+")).count() > names.size() / 4;
        return "it has " + some + (names.size() > 30 ? " and others" : "")
                + (noHeader ? "; is this a row? Then add --no-header" : "");
    }

    private Stream<String> named() {
        return Stream.of(Stream.of(choices.label()), choices.identifiers().stream(), choices.sensitive().stream())
                .flatMap(each -> each);
    }

    private boolean isNamed(DataProfile.Column column) {
        return named().anyMatch(column.name()::equals);
    }

    private DataProfile.Column column(String name) {
        return profile.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Role role(DataProfile.Column column) {
        if (column.name().equals(choices.label())) {
            return Role.LABEL;
        }
        boolean told = choices.identifiers().contains(column.name());
        boolean seems = column.identifier() && !choices.sensitive().contains(column.name());
        return told || seems ? Role.IDENTIFIER : Role.FEATURE;
    }

    private Optional<String> reasonToLeaveOut(DataProfile.Column column) {
        if (column.name().isEmpty()) {
            return Optional.of("has no name");
        }
        if (column.name().length() > LONGEST_NAME || !YamlScalar.isAllowed(column.name())) {
            return Optional.of("has a name that a spec may not hold");
        }
        if (column.missing() == profile.rows()) {
            return Optional.of("has no value in any row");
        }
        if (column.distinct() == 1 && column.missing() == 0) {
            return Optional.of("has the same value in every row");
        }
        if (column.personal().isPresent()) {
            return Optional.of("looks like personal data");
        }
        return column.type() == ColumnType.CATEGORY ? text(column) : Optional.empty();
    }

    private Optional<String> text(DataProfile.Column column) {
        long dates = column.top().stream()
                .filter(each -> DATE.matcher(each.value()).matches())
                .count();
        if (dates > column.top().size() / 2) {
            return Optional.of("looks like dates: a split by time could use it, with strategy: time and this column");
        }
        long present = profile.rows() - column.missing();
        return !column.identifier() && column.distinct() > MOST_VALUES && column.distinct() > present / 2
                ? Optional.of("looks like free text: " + column.distinct() + " different values")
                : Optional.empty();
    }

    /** As many values a column as the spec has room for. */
    private int mostValues() {
        int most = MOST_VALUES;
        while (most > 0 && nodes(most) > NODES) {
            most /= 2;
        }
        return most;
    }

    private long nodes(int most) {
        return profile.columns().stream()
                .mapToLong(column -> NODES_OF_A_COLUMN + (column.distinct() <= most ? column.distinct() : 0))
                .sum();
    }

    private void somethingToLearnFrom(InferredData data) throws ScaffoldException {
        if (data.in(Role.FEATURE).isEmpty()) {
            String reasons = String.join(
                    "; ",
                    data.leftOut().stream()
                            .limit(10)
                            .map(each -> YamlScalar.of(each.name()) + " (" + each.why() + ")")
                            .toList());
            throw new ScaffoldException(
                    "besides label and identifiers the file has no column to learn from",
                    reasons.isEmpty() ? "is it cut at the right character?" : reasons);
        }
    }
}
