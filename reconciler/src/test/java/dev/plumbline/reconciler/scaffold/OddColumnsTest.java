package dev.plumbline.reconciler.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.runtime.DatasetReading;
import dev.plumbline.runtime.data.DataProfiler;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.DatasetSpec;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns and files that cannot be learnt from as they are: what is written fits the rows, and a note says the rest. */
class OddColumnsTest {
    private final SpecWriter writer = new SpecWriter(new DataProfiler());
    private final RepositoryScaffold scaffold =
            new RepositoryScaffold(new Author("Ada", "ada@example.com"), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @TempDir
    private Path work;

    @Test
    void leavesOutColumnsOfListsAndNestedValues() throws Exception {
        Path file = work.resolve("nested.parquet");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("COPY (SELECT i % 37 AS age, [i, 2] AS lst, {'a': i} AS st, [1.5::DECIMAL(4,2)] AS ds,"
                    + " CASE WHEN i % 3 = 0 THEN 'yes' ELSE 'no' END AS won FROM range(80) r(i)) TO '" + file
                    + "' (FORMAT parquet)");
        }

        assertThat(made(choices(file, "won")).schema().keySet()).containsExactly("age", "won");
        assertThat(writer.plan(choices(file, "won")).notes())
                .contains(
                        "left out: lst (holds lists, which no column type can take)",
                        "left out: st (holds nested values, which no column type can take)");
        refused(choices(file, "lst"), "the column lst holds lists", "numbers or text");
    }

    @Test
    void tellsHowToSplitByADateThatCanOrderRows() throws Exception {
        Path file = table(
                "days.csv",
                "day,age,won",
                i -> LocalDate.of(2024, 1, 1).plusDays(i) + "," + i % 31 + "," + i % 2,
                StandardCharsets.UTF_8);

        assertThat(writer.plan(choices(file, "won")).notes())
                .contains(
                        "left out: day (looks like dates; to split by time add day: {type: category} to schema, day to"
                                + " identifiers, and write split: {strategy: time, test: 0.2, column: day}, without a"
                                + " seed)");

        Path specs = folder(choices(file, "won"));
        Path dataset = specs.resolve("datasets/mine.yaml");
        Files.writeString(
                dataset,
                Files.readString(dataset)
                        .replace("  schema:\n", "  schema:\n    day: {type: category}\n")
                        .replace("  label: won\n", "  label: won\n  identifiers: [day]\n")
                        .replace("    strategy: stratified\n", "    strategy: time\n    column: day\n")
                        .replace("    seed: 7\n", ""));
        SpecsInFolder edited = new SpecsInFolder(specs);
        assertThat(edited.reading().problems()).isEmpty();
        assertThat(edited.rows()).isInstanceOf(DatasetReading.Accepted.class);
    }

    @Test
    void recommendsNoSplitByDatesThatCannotOrderRows() throws Exception {
        Path dotted = table(
                "dotted.csv",
                "day,age,won",
                i -> "%02d.%02d.2024,%d,%d".formatted(1 + i % 28, 1 + i % 12, i % 31, i % 2),
                StandardCharsets.UTF_8);
        Path gaps = table(
                "gaps.csv",
                "day,age,won",
                i -> (i % 9 == 0 ? "" : "2024-01-" + (10 + i % 20)) + "," + i % 31 + "," + i % 2,
                StandardCharsets.UTF_8);

        assertThat(writer.plan(choices(dotted, "won")).notes())
                .contains("left out: day (looks like dates; a split by time takes them only as 2026-01-31)");
        assertThat(writer.plan(choices(gaps, "won")).notes())
                .contains("left out: day (looks like dates; a split by time needs one in every row, and 12 have none)");
    }

    @Test
    void readsNumbersWithADecimalComma() throws Exception {
        Path file = table(
                "commas.csv",
                "rate;level;won",
                i -> "0,%03d;%s;%s".formatted(100 + i * 7, i % 11 == 0 ? "NA" : i + ",5", i % 3 == 0 ? "ja" : "nein"),
                StandardCharsets.UTF_8);

        DatasetSpec dataset = made(choices(file, "won"));

        assertThat(dataset.source().decimal()).isEqualTo(",");
        assertThat(dataset.source().missing()).contains("NA");
        assertThat(Objects.requireNonNull(dataset.schema().get("rate")).type()).isEqualTo(ColumnType.NUMBER);
        assertThat(Objects.requireNonNull(dataset.schema().get("level")).type()).isEqualTo(ColumnType.NUMBER);
        assertThat(writer.plan(choices(file, "won")).notes())
                .contains("numbers are written with a comma, as in 0,5 (source.decimal)");
    }

    @Test
    void saysWhichNumbersItCannotRead() throws Exception {
        Path file = table(
                "grouped.csv",
                "price;age;won",
                i -> "%d.%03d,50;%d;%d".formatted(1 + i, i * 7 % 1000, i % 31, i % 2),
                StandardCharsets.UTF_8);

        assertThat(writer.plan(choices(file, "won")).notes())
                .anySatisfy(note ->
                        assertThat(note).startsWith("left out: price (looks like numbers in a form that is not read"));
    }

    @Test
    void doesNotTakeARowForAHeader() throws Exception {
        Path rows = table("rows.csv", "5,2.5,0", i -> i % 31 + "," + i * 0.5 + "," + i % 2, StandardCharsets.UTF_8);
        Path matrix = table(
                "matrix.csv",
                "0,1,2,won",
                i -> i % 31 + "," + i % 7 + "," + i % 5 + "," + i % 2,
                StandardCharsets.UTF_8);

        refused(choices(rows, "0"), "the first line looks like a row", "--no-header");
        assertThat(made(choices(matrix, "won")).features()).containsExactly("0", "1", "2");
    }

    @Test
    void tellsThatAFileIsInAnotherEncoding() throws Exception {
        Charset latin = StandardCharsets.ISO_8859_1;
        Path header = table("header.csv", "größe,won", i -> i % 31 + "," + i % 2, latin);
        Path late = table(
                "late.csv",
                "town,note,won",
                i -> (i == 90 ? "Köln" : "Berlin") + "," + "x".repeat(150) + "," + i % 2,
                latin);

        for (Path file : List.of(header, late)) {
            refused(choices(file, "won"), "UTF-8", "Save it as UTF-8");
        }
        refused(choices(late, "won"), "1 row holds bytes that are not UTF-8 (line 92).", "Save it as UTF-8");
    }

    private void refused(DataChoices choices, String message, String hint) {
        assertThatThrownBy(() -> writer.plan(choices)).isInstanceOfSatisfying(ScaffoldException.class, refused -> {
            assertThat(refused).hasMessageContaining(message);
            assertThat(refused.hint().orElse("")).contains(hint);
        });
    }

    private Path folder(DataChoices choices) throws Exception {
        Path folder = Files.createTempDirectory(work, "made").resolve("mine");
        scaffold.specs(folder, false, writer.plan(choices));
        return folder;
    }

    /** The dataset as it is written and read back; training would take its rows. */
    private DatasetSpec made(DataChoices choices) throws Exception {
        SpecsInFolder specs = new SpecsInFolder(folder(choices));
        assertThat(specs.reading().problems()).isEmpty();
        assertThat(specs.rows()).isInstanceOf(DatasetReading.Accepted.class);
        return specs.only(DatasetSpec.class);
    }

    private static DataChoices choices(Path file, String label) {
        return new DataChoices(
                "mine",
                "ada@example.com",
                file,
                true,
                List.of(),
                label,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private Path table(String name, String header, IntFunction<String> row, Charset charset) throws IOException {
        String text = IntStream.range(0, 100).mapToObj(row).collect(Collectors.joining("\n", header + "\n", "\n"));
        return Files.writeString(work.resolve(name), text, charset);
    }
}
