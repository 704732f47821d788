package dev.plumbline.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.runtime.DatasetReading.DataProblem;
import dev.plumbline.schemas.model.ColumnSchema;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.model.UnknownCategory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetReaderTest {
    private static final Specs CHURN = Specs.of("tenure:integer", "charges:number", "plan:category", "churn:category");

    @TempDir
    Path folder;

    private final DatasetReader reader = new DatasetReader();

    @Test
    void readsTypedColumnsWithTheirMissingValues() throws Exception {
        List<String> lines = lines(40, 1);
        lines.set(1, "3,,\" gold, old \",yes");
        lines.set(2, "4,1.5e1, ,no");

        Table table = accepted(CHURN, lines).table();

        assertThat(table.columns()).containsExactly("tenure", "charges", "plan", "churn");
        assertThat(table.numbers("charges")[0]).isNaN();
        assertThat(table.numbers("charges")[1]).isEqualTo(15.0);
        assertThat(table.categories("plan")[0]).isEqualTo("gold, old");
        assertThat(table.categories("plan")[1]).isNull();
        assertThat(table.rows()).isEqualTo(40);
    }

    @Test
    void keepsTheSpellingOfYesAndTrue() throws Exception {
        Specs specs = Specs.of("x:number", "flag:category", "churn:category").positive("TRUE");
        List<String> lines = new ArrayList<>(List.of("x,flag,churn"));
        for (int i = 0; i < 60; i++) {
            lines.add(i + "," + (i % 3 == 0 ? "Yes" : "no") + "," + (i % 2 == 0 ? "TRUE" : "False"));
        }

        assertThat(accepted(specs, lines).table().distinct("flag")).containsExactly("Yes", "no");
        assertThat(accepted(specs, lines).table().distinct("churn")).containsExactly("False", "TRUE");
    }

    @Test
    void readsOnlyTheDeclaredMarkersAsMissing() throws Exception {
        List<String> lines = lines(40, 1);
        lines.set(1, "3,NA,gold,yes");

        assertThat(problems(CHURN, lines)).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("value-not-a-number");
            assertThat(problem.column()).contains("charges");
            assertThat(problem.count()).isEqualTo(1);
            assertThat(problem.examples()).containsExactly("row 1: \"NA\"");
        });
        Specs declared = CHURN.source(Specs.csv(true, List.of(), ",", List.of("", "NA")));
        assertThat(accepted(declared, lines).table().numbers("charges")[0]).isNaN();
    }

    @Test
    void readsAFileWithoutHeaderAndWithAnotherDelimiter() throws Exception {
        List<String> lines =
                lines(40, 1).stream().map(line -> line.replace(',', ';')).toList();
        Specs specs = CHURN.source(Specs.csv(false, List.of("tenure", "charges", "plan", "churn"), ";", List.of("")));

        assertThat(accepted(specs, lines.subList(1, lines.size())).digest())
                .isEqualTo(accepted(CHURN, lines(40, 1)).digest());
    }

    @Test
    void sameRowsInAnyOrderFormatOrColumnOrderAreOneDataset() throws Exception {
        List<String> lines = lines(500, 3);
        RowReading.Rows original = accepted(CHURN, lines);
        List<String> shuffled = new ArrayList<>(lines.subList(1, lines.size()));
        Collections.shuffle(shuffled, new Random(8));
        shuffled.addFirst(lines.getFirst());

        assertThat(accepted(CHURN, shuffled).digest()).isEqualTo(original.digest());
        Specs turned = Specs.of("churn:category", "plan:category", "charges:number", "tenure:integer");
        Specs labelled = new Specs(
                turned.schema(), "churn", turned.positive(), List.of(), turned.source(), List.of(), turned.split());
        assertThat(accepted(labelled, lines).digest()).isEqualTo(original.digest());
        assertThat(accepted(CHURN.parquet(), parquet(lines)).digest()).isEqualTo(original.digest());
    }

    @Test
    void oneChangedValueIsAnotherDataset() throws Exception {
        List<String> lines = lines(100, 3);
        List<String> changed = new ArrayList<>(lines);
        changed.set(50, "1,0.125,gold,yes");

        assertThat(accepted(CHURN, changed).digest())
                .isNotEqualTo(accepted(CHURN, lines).digest());
    }

    @Test
    void aColumnOutsideTheSchemaIsNotPartOfTheDataset() throws Exception {
        List<String> wider = lines(100, 3).stream().map(line -> line + ",x").toList();

        assertThat(accepted(CHURN, wider).digest())
                .isEqualTo(accepted(CHURN, lines(100, 3)).digest());
    }

    @Test
    void reportsEveryProblemAtOnce() throws Exception {
        Specs specs = Specs.of("tenur:integer", "charges:number", "plan:category", "churn:category")
                .with(
                        "plan",
                        new ColumnSchema(
                                ColumnType.CATEGORY,
                                Optional.empty(),
                                Optional.empty(),
                                List.of("gold"),
                                UnknownCategory.ERROR))
                .positive("Yes");
        List<String> lines = lines(40, 1);
        lines.set(3, "1,abc,gold,no");

        List<DataProblem> problems = problems(specs, lines);

        assertThat(problems)
                .extracting(DataProblem::code)
                .contains("column-missing", "value-not-a-number", "value-not-declared", "positive-absent");
        assertThat(problems.getFirst().hint()).contains("Did you mean tenure?");
        assertThat(problems)
                .allSatisfy(problem -> assertThat(problem.examples()).hasSizeLessThanOrEqualTo(5));
    }

    private List<String> lines(int rows, long seed) {
        return Rows.churn(rows, seed);
    }

    private Path csv(List<String> lines) throws IOException {
        return Files.write(folder.resolve("data.csv"), lines);
    }

    private Path parquet(List<String> lines) throws Exception {
        Path csv = csv(lines);
        Path file = folder.resolve("data.parquet");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("COPY (SELECT CAST(tenure AS SMALLINT) AS tenure, CAST(charges AS DOUBLE) AS charges,"
                    + " plan, churn FROM read_csv('" + csv + "', all_varchar = true)) TO '" + file
                    + "' (FORMAT parquet)");
        }
        return file;
    }

    private RowReading.Rows accepted(Specs specs, List<String> lines) throws Exception {
        return accepted(specs, csv(lines));
    }

    private RowReading.Rows accepted(Specs specs, Path file) throws Exception {
        RowReading reading =
                reader.read(specs.spec(), Optional.of(Specs.model(Task.BINARY_CLASSIFICATION)), Specs.file(file));
        assertThat(reading).isInstanceOf(RowReading.Rows.class);
        return (RowReading.Rows) reading;
    }

    private List<DataProblem> problems(Specs specs, List<String> lines) throws Exception {
        RowReading reading =
                reader.read(specs.spec(), Optional.of(Specs.model(Task.BINARY_CLASSIFICATION)), Specs.file(csv(lines)));
        assertThat(reading).isInstanceOf(RowReading.Broken.class);
        return ((RowReading.Broken) reading).problems();
    }
}
