package dev.plumbline.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.runtime.DataFile;
import dev.plumbline.runtime.DatasetReading.DataProblem;
import dev.plumbline.schemas.model.ColumnSchema;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Expectation;
import dev.plumbline.schemas.model.Split;
import dev.plumbline.schemas.model.SplitStrategy;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.model.UnknownCategory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadDataTest {
    private static final Specs CHURN = Specs.of("tenure:integer", "charges:number", "plan:category", "churn:category");

    @TempDir
    Path folder;

    @Test
    void aFileThatIsNotThere() throws Exception {
        RowReading reading = new DatasetReader()
                .read(CHURN.spec(), Optional.empty(), new DataFile(folder.resolve("no.csv"), Digest.of(new byte[0])));

        assertThat(((RowReading.Broken) reading).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("file-missing"));
    }

    @Test
    void aFileThatIsEmpty() throws Exception {
        assertThat(only(CHURN, new byte[0]).code()).isEqualTo("file-empty");
        assertThat(only(CHURN, " \n\n".getBytes(StandardCharsets.UTF_8)).code()).isEqualTo("file-empty");
    }

    @Test
    void aFileOfColumnsWithoutRows() throws Exception {
        assertThat(only(CHURN, List.of("tenure,charges,plan,churn")).message()).contains("no rows");
    }

    @Test
    void aFileThatIsNotText() throws Exception {
        assertThat(only(CHURN, "tenure".getBytes(StandardCharsets.UTF_16LE)).code())
                .isEqualTo("file-binary");
        assertThat(only(CHURN.parquet(), "tenure,charges".getBytes(StandardCharsets.UTF_8))
                        .code())
                .isEqualTo("file-not-parquet");
        assertThat(only(CHURN.parquet(), "PAR1 and then nothing".getBytes(StandardCharsets.UTF_8)))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("file-unreadable");
                    assertThat(problem.message()).doesNotContain(folder.toString());
                });
    }

    @Test
    void aFileInAnotherEncoding() throws Exception {
        List<String> lines = Rows.churn(40, 1);
        lines.set(5, "1,2,goldé,yes");

        DataProblem problem = only(CHURN, String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1));

        assertThat(problem.code()).isEqualTo("file-encoding");
        assertThat(problem.message()).isEqualTo("The data file is not text in UTF-8.");
        assertThat(problem.hint().orElse("")).startsWith("Save it as UTF-8");
    }

    @Test
    void aGitLfsPointer() throws Exception {
        DataProblem problem =
                only(CHURN, List.of("version https://git-lfs.example/spec/v1", "oid sha256:00", "size 9"));

        assertThat(problem.code()).isEqualTo("file-lfs-pointer");
        assertThat(problem.message()).contains("Git LFS pointer");
    }

    @Test
    void bytesOtherThanAnnounced() throws Exception {
        Path file = Files.write(folder.resolve("data.csv"), Rows.churn(40, 1));
        RowReading reading =
                new DatasetReader().read(CHURN.spec(), Optional.empty(), new DataFile(file, Digest.of(new byte[0])));

        assertThat(((RowReading.Broken) reading).problems().getFirst().code()).isEqualTo("file-changed");
    }

    @Test
    void rowsOfAnotherLengthAreNamedByLine() throws Exception {
        List<String> lines = Rows.churn(40, 1);
        lines.set(3, "1,2,gold");
        lines.set(9, "1,2,gold,yes,5");

        DataProblem problem = only(CHURN, lines);

        assertThat(problem.code()).isEqualTo("ragged-rows");
        assertThat(problem.count()).isEqualTo(2);
        assertThat(problem.examples()).hasSize(2);
        assertThat(problem.examples().getFirst()).startsWith("line 4:");
        assertThat(problem.examples().getLast()).startsWith("line 10:");
    }

    @Test
    void linesThatEndInDifferentWays() throws Exception {
        String mixed = String.join("\n", Rows.churn(40, 1)).replaceFirst("\n", "\r\n");

        assertThat(only(CHURN, mixed.getBytes(StandardCharsets.UTF_8)).message())
                .contains("end in different ways");
    }

    @Test
    void aHeaderWhoseQuoteIsNotClosed() throws Exception {
        List<String> lines = Rows.churn(40, 1);
        lines.set(0, "tenure,\"charges,plan,churn");

        assertThat(only(CHURN, lines).message()).contains("a quote in the first line");
    }

    @Test
    void anotherDelimiterThanDeclared() throws Exception {
        List<String> lines =
                Rows.churn(40, 1).stream().map(line -> line.replace(',', ';')).toList();

        assertThat(only(CHURN, lines).hint())
                .hasValueSatisfying(hint -> assertThat(hint).contains("delimiter"));
    }

    @Test
    void aColumnNamedTwiceAndColumnNamesThatAreTooFew() throws Exception {
        List<String> twice = Rows.churn(40, 1);
        twice.set(0, "tenure,tenure,plan,churn");
        assertThat(codes(CHURN, twice)).contains("duplicate-column");

        Specs three = CHURN.source(Specs.csv(false, List.of("tenure", "charges", "plan"), ",", List.of("")));
        assertThat(only(three, Rows.churn(40, 1)).message())
                .contains("4 columns")
                .contains("names 3");
    }

    @Test
    void aColumnWithoutAnyValue() throws Exception {
        List<String> lines = new ArrayList<>(List.of("tenure,charges,plan,churn"));
        for (int i = 0; i < 40; i++) {
            lines.add(i + ", ,gold," + (i % 3 == 0 ? "yes" : "no"));
        }

        DataProblem problem = only(CHURN, lines);

        assertThat(problem.code()).isEqualTo("column-empty");
        assertThat(problem.column()).contains("charges");
    }

    @Test
    void numbersThatAreNone() throws Exception {
        for (String text : List.of("1_000", "nan", "1,5", "0x1F", "1e999", "twelve", "--1")) {
            List<String> lines = Rows.churn(40, 1);
            lines.set(2, "4,\"" + text + "\",gold,no");
            assertThat(only(CHURN, lines)).as(text).satisfies(problem -> {
                assertThat(problem.code()).isEqualTo("value-not-a-number");
                assertThat(problem.examples()).containsExactly("row 2: \"" + text + "\"");
            });
        }
    }

    @Test
    void integersWithAFractionOrBeyondADouble() throws Exception {
        List<String> lines = Rows.churn(40, 1);
        lines.set(1, "3.5,1,gold,no");
        assertThat(only(CHURN, lines).code()).isEqualTo("value-not-an-integer");
        lines.set(1, "9007199254740993000,1,gold,no");
        assertThat(only(CHURN, lines).code()).isEqualTo("integer-too-large");
        lines.set(1, "3.0,1,gold,no");
        assertThat(codes(CHURN, lines)).isEmpty();
    }

    @Test
    void valuesOutsideTheirDeclaration() throws Exception {
        Specs specs = CHURN.with(
                        "tenure",
                        new ColumnSchema(
                                ColumnType.INTEGER,
                                Optional.of(5.0),
                                Optional.of(60.0),
                                List.of(),
                                UnknownCategory.BUCKET))
                .with(
                        "plan",
                        new ColumnSchema(
                                ColumnType.CATEGORY,
                                Optional.empty(),
                                Optional.empty(),
                                List.of("gold", "it's"),
                                UnknownCategory.BUCKET));

        List<DataProblem> problems = problems(specs, Rows.churn(200, 1));

        assertThat(problems)
                .extracting(DataProblem::code)
                .containsExactly("value-out-of-range", "value-out-of-range", "value-not-declared");
        assertThat(problems.get(0).message()).contains("below the declared min of 5");
        assertThat(problems.get(1).message()).contains("above the declared max of 60");
        assertThat(problems)
                .allSatisfy(problem -> assertThat(problem.examples()).hasSizeBetween(1, 5));
    }

    @Test
    void expectationsThatDoNotHold() throws Exception {
        Specs specs = CHURN.expecting(
                of("charges", true, false, null, null),
                of("tenure", false, true, null, null),
                of("charges", false, false, new Expectation.Range(10, 90), null),
                of("plan", false, false, null, List.of("gold")),
                of("tenure", false, false, null, List.of("1", "2.0")),
                of("plan", false, false, new Expectation.Range(1, 2), null),
                of("colour", true, false, null, null),
                new Expectation.OfRows(Optional.of(500L), Optional.empty()),
                new Expectation.OfRows(Optional.empty(), Optional.of(100L)));

        assertThat(codes(specs, Rows.churn(200, 1)))
                .containsExactly(
                        "expected-not-null",
                        "expected-unique",
                        "expected-between",
                        "expected-in",
                        "expected-in",
                        "expectation-without-number",
                        "expectation-without-column",
                        "expected-more-rows",
                        "expected-fewer-rows");
    }

    @Test
    void expectationsThatHold() throws Exception {
        Specs specs = CHURN.expecting(
                of("tenure", true, false, new Expectation.Range(0, 72), null),
                of("plan", true, false, null, List.of("gold", "silver", "none")),
                new Expectation.OfRows(Optional.of(200L), Optional.of(200L)));

        assertThat(codes(specs, Rows.churn(200, 1))).isEmpty();
    }

    @Test
    void labelsThatCannotBeLearnt() throws Exception {
        List<String> missing = Rows.churn(40, 1);
        missing.set(1, "1,2,gold,");
        assertThat(only(CHURN, missing)).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("label-missing");
            assertThat(problem.examples()).containsExactly("row 1: missing");
        });
        assertThat(only(CHURN, relabelled("yes")).code()).isEqualTo("label-constant");
        assertThat(codes(CHURN, relabelled("yes", "no", "perhaps"))).containsExactly("label-too-many-classes");
        assertThat(only(CHURN.positive("Yes"), Rows.churn(40, 1)).hint()).contains("Did you mean \"yes\"?");
        assertThat(only(CHURN.noPositive(), Rows.churn(40, 1)).code()).isEqualTo("positive-undeclared");
        assertThat(problems(CHURN.noPositive(), Task.REGRESSION, Rows.churn(40, 1)))
                .extracting(DataProblem::code)
                .containsExactly("label-not-numeric");
        assertThat(problems(CHURN.noPositive(), Task.MULTICLASS_CLASSIFICATION, relabelled("a", "b", "c")))
                .isEmpty();
    }

    @Test
    void tooFewRows() throws Exception {
        assertThat(only(CHURN, Rows.churn(10, 1)).message()).contains("10 rows").contains("at least 20");
    }

    @Test
    void aSplitThatLeavesASideEmptyOrWithoutAClass() throws Exception {
        List<String> lines = relabelled("no");
        lines.set(1, "1,2,gold,yes");
        Split time = new Split(SplitStrategy.TIME, 0.2, 0, Optional.empty(), Optional.of("tenure"));
        assertThat(codes(CHURN.split(time), lines)).contains("split-without-class");

        List<String> sameTime = new ArrayList<>(List.of("tenure,charges,plan,churn"));
        for (int i = 0; i < 40; i++) {
            sameTime.add("3," + i + ",gold," + (i % 2 == 0 ? "yes" : "no"));
        }
        assertThat(only(CHURN.split(time), sameTime).code()).isEqualTo("split-empty");
    }

    @Test
    void aSplitByWhatCannotOrderRows() throws Exception {
        Split plan = new Split(SplitStrategy.TIME, 0.2, 0, Optional.empty(), Optional.of("plan"));
        Split nowhere = new Split(SplitStrategy.RANDOM, 0.2, 0, Optional.of("household"), Optional.empty());

        assertThat(only(CHURN.split(plan), Rows.churn(40, 1)).code()).isEqualTo("time-not-ordered");
        assertThat(only(CHURN.split(nowhere), Rows.churn(40, 1)).code()).isEqualTo("split-without-column");
    }

    private static Expectation of(
            String column,
            boolean notNull,
            boolean unique,
            Expectation.@Nullable Range between,
            @Nullable List<String> in) {
        return new Expectation.OfColumn(column, notNull, unique, Optional.ofNullable(between), Optional.ofNullable(in));
    }

    private static List<String> relabelled(String... labels) {
        List<String> lines = new ArrayList<>();
        List<String> rows = Rows.churn(60, 1);
        for (int i = 0; i < rows.size(); i++) {
            String row = rows.get(i);
            lines.add(i == 0 ? row : row.substring(0, row.lastIndexOf(',') + 1) + labels[i % labels.length]);
        }
        return lines;
    }

    private DataProblem only(Specs specs, List<String> lines) throws Exception {
        List<DataProblem> problems = problems(specs, lines);
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }

    private DataProblem only(Specs specs, byte[] bytes) throws Exception {
        List<DataProblem> problems = problems(specs, Task.BINARY_CLASSIFICATION, bytes);
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }

    private List<String> codes(Specs specs, List<String> lines) throws Exception {
        return problems(specs, lines).stream().map(DataProblem::code).toList();
    }

    private List<DataProblem> problems(Specs specs, List<String> lines) throws Exception {
        return problems(specs, Task.BINARY_CLASSIFICATION, lines);
    }

    private List<DataProblem> problems(Specs specs, Task task, List<String> lines) throws Exception {
        return problems(specs, task, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private List<DataProblem> problems(Specs specs, Task task, byte[] bytes) throws Exception {
        Path file = Files.write(folder.resolve("data.csv"), bytes);
        return switch (new DatasetReader().read(specs.spec(), Optional.of(Specs.model(task)), Specs.file(file))) {
            case RowReading.Broken broken -> broken.problems();
            case RowReading.Rows rows -> List.of();
        };
    }
}
