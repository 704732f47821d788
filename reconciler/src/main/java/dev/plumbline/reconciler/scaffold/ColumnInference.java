package dev.plumbline.reconciler.scaffold;

import dev.plumbline.reconciler.scaffold.InferredColumn.Role;
import dev.plumbline.reconciler.scaffold.InferredData.LeftOut;
import dev.plumbline.runtime.DataProfile;
import dev.plumbline.schemas.model.DataFormat;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.validation.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Decides what a dataset declares of each column of a file. Pure. */
final class ColumnInference {
    private static final int FEWEST_ROWS = 20;
    private static final int MOST_COLUMNS = 1_000;
    private static final int MOST_IDENTIFIERS = 64;

    /** A document of a spec may hold 10,000 nodes; this leaves room for the rest of it. */
    private static final int NODES = 8_000;

    private static final int NODES_OF_A_COLUMN = 8;
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

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
            Optional<String> reason = isNamed(column) ? Optional.empty() : Exclusion.reason(column, profile.rows());
            Role role = role(column);
            if (role == Role.IDENTIFIER && !choices.identifiers().contains(column.name())) {
                identifiers++;
            }
            if (reason.isPresent() || (role == Role.IDENTIFIER && identifiers > MOST_IDENTIFIERS)) {
                leftOut.add(new LeftOut(column.name(), reason.orElse("seems to name rows")));
            } else {
                columns.add(InferredColumn.of(column, role, role == Role.LABEL ? Exclusion.MOST_VALUES : mostValues));
            }
        }
        profile.unread().forEach(each -> leftOut.add(new LeftOut(each.name(), "holds " + Exclusion.type(each.type()))));
        InferredData data = new InferredData(choices, profile, task, positive, columns, leftOut);
        somethingToLearnFrom(data);
        return data;
    }

    private Optional<ScaffoldException> wrong(String named, List<String> names) {
        if (!names.contains(named)) {
            return Optional.of(new ScaffoldException(
                    "the file has no column " + YamlScalar.of(named),
                    Suggestions.didYouMean(named, names).orElseGet(() -> listed(names))));
        }
        return YamlScalar.isAllowed(named) && named.length() <= Exclusion.LONGEST_NAME
                ? Optional.empty()
                : Optional.of(new ScaffoldException(
                        "a spec cannot name the column " + YamlScalar.of(named), "give it a plainer name in the file"));
    }

    private void knownColumns() throws ScaffoldException {
        List<String> names =
                profile.columns().stream().map(DataProfile.Column::name).toList();
        headerThatIsNoRow(names);
        for (DataProfile.Unread unread : profile.unread()) {
            if (named().anyMatch(unread.name()::equals)) {
                throw new ScaffoldException(
                        "the column " + YamlScalar.of(unread.name()) + " holds " + Exclusion.type(unread.type()),
                        "name a column of numbers or text");
            }
        }
        Optional<ScaffoldException> wrong =
                named().flatMap(named -> wrong(named, names).stream()).reduce(ScaffoldException::and);
        if (wrong.isPresent()) {
            throw wrong.get();
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

    /** Columns that count up, as those of a matrix do, may well be called by numbers. */
    private void headerThatIsNoRow(List<String> names) throws ScaffoldException {
        if (!choices.header() || profile.format() == DataFormat.PARQUET) {
            return;
        }
        List<String> numbers =
                names.stream().filter(name -> NUMBER.matcher(name).matches()).toList();
        boolean counting = IntStream.range(1, numbers.size())
                .allMatch(i -> Double.parseDouble(numbers.get(i)) == Double.parseDouble(numbers.get(i - 1)) + 1);
        if (2 * numbers.size() > names.size() && !(counting && numbers.size() > 1)) {
            throw new ScaffoldException(
                    "the first line looks like a row and not like names of columns: "
                            + names.stream().limit(6).map(YamlScalar::of).collect(Collectors.joining(", "))
                            + (names.size() > 6 ? ", …" : ""),
                    "add --no-header; columns are then column1, column2 and so on, or what --columns calls them");
        }
    }

    private String listed(List<String> names) {
        String some =
                String.join(", ", names.stream().limit(30).map(YamlScalar::of).toList());
        boolean noHeader = choices.header()
                && names.stream().filter(name -> NUMBER.matcher(name).matches()).count() > names.size() / 4;
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

    /** As many values a column as the spec has room for. */
    private int mostValues() {
        int most = Exclusion.MOST_VALUES;
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
