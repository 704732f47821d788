package dev.plumbline.reconciler.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.plumbline.policy.Finding;
import dev.plumbline.runtime.DatasetReading;
import dev.plumbline.runtime.data.DataProfiler;
import dev.plumbline.schemas.model.ColumnSchema;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.SplitStrategy;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.model.TrainingSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecWriterTest {
    private final SpecWriter writer = new SpecWriter(new DataProfiler());
    private final RepositoryScaffold scaffold =
            new RepositoryScaffold(new Author("Ada", "ada@example.com"), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @TempDir
    private Path work;

    @Test
    void writesWhatAnExpertWouldWrite() throws Exception {
        SpecsInFolder specs = made(choices(subscribers(), "Churn"));

        DatasetSpec dataset = specs.only(DatasetSpec.class);
        assertThat(dataset.identifiers()).containsExactly("customerID");
        assertThat(dataset.positive()).contains("Yes");
        assertThat(dataset.split().strategy()).isEqualTo(SplitStrategy.STRATIFIED);
        assertThat(column(dataset, "TotalCharges")).satisfies(column -> {
            assertThat(column.type()).isEqualTo(ColumnType.NUMBER);
            assertThat(column.min()).contains(0.0);
        });
        assertThat(column(dataset, "SeniorCitizen").max()).contains(1.0);
        assertThat(column(dataset, "Contract").values()).containsExactly("Month-to-month", "One year", "Two year");
        assertThat(dataset.schema()).doesNotContainKeys("always");
        assertThat(specs.only(ModelSpec.class).task()).isEqualTo(Task.BINARY_CLASSIFICATION);
        assertThat(specs.only(TrainingSpec.class).trainer().seed()).isEqualTo(42);
        assertThat(specs.only(ServingSpec.class).version()).isEqualTo("none");
        assertThat(specs.admission())
                .allMatch(finding -> finding.severity() == Finding.Severity.WARN)
                .extracting(Finding::id, Finding::path)
                .containsExactlyInAnyOrder(
                        tuple("card-head-complete", "/card/head/license"),
                        tuple("card-placeholder", "/card/sections/0/paragraphs/0"),
                        tuple("card-placeholder", "/card/sections/1/paragraphs/0"),
                        tuple("card-placeholder", "/card/sections/2/paragraphs/0"));
    }

    @Test
    void writesTheDatasetAsInTheGoldenFile() throws Exception {
        made(choices(subscribers(), "Churn"));

        try (var golden = SpecWriterTest.class.getResourceAsStream("golden-dataset.yaml")) {
            assertThat(golden).isNotNull();
            assertThat(work.resolve("mine/datasets/mine.yaml"))
                    .hasContent(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "semicolon | ; | \\n | 0",
                "tab | TAB | \\n | 0",
                "windows line ends | , | \\r\\n | 0",
                "byte order mark | , | \\n | 1",
            })
    void readsFilesOfEveryForm(String name, String delimiter, String end, int mark) throws Exception {
        String cut = delimiter.equals("TAB") ? "\t" : delimiter;
        String line = end.equals("\\n") ? "\n" : "\r\n";
        String text = table(
                        "größe in m" + cut + " mood " + cut + "on",
                        60,
                        i -> "" + i * 1.5 + cut + (i % 3 == 0 ? " good" : "bad ") + cut + (i % 2 == 0 ? "no" : "yes"))
                .replace("\n", line);

        SpecsInFolder specs = made(choices(file("odd.csv", (mark == 1 ? "\uFEFF" : "") + text), "on"));

        assertThat(specs.only(DatasetSpec.class).schema().keySet()).containsExactly("größe in m", "mood", "on");
        assertThat(column(specs.only(DatasetSpec.class), "mood").values()).containsExactly("bad", "good");
    }

    @Test
    void readsAFileWithoutAHeader() throws Exception {
        Path file = file("credit.csv", rows(80, i -> "A1" + i % 4 + "," + i + "," + (i % 3 == 0 ? 2 : 1)));
        DataChoices choices = new DataChoices(
                "credit",
                "ada@example.com",
                file,
                false,
                List.of(),
                "column3",
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());

        SpecsInFolder specs = made(choices);

        assertThat(specs.only(DatasetSpec.class).positive()).contains("1");
        assertThat(specs.only(DatasetSpec.class).source().header()).isFalse();

        DataChoices named = new DataChoices(
                "named",
                "ada@example.com",
                file,
                false,
                List.of("status", "months", "null"),
                "null",
                List.of("months"),
                List.of("status"),
                Optional.empty(),
                Optional.of("2"));
        assertThat(made(named).only(DatasetSpec.class).split().key()).contains("months");
    }

    @Test
    void takesNumbersOfManyValuesForRegressionAndFewForClasses() throws Exception {
        Path file = file(
                "prices.csv",
                table("area,kind,price,grade", 90, i -> i * 7 % 83 + ",k" + i % 3 + "," + (i * 3.5) + "," + i % 4));

        SpecsInFolder prices = made(choices(file, "price"));
        SpecsInFolder grades = made(choices(file, "grade"));

        assertThat(prices.only(ModelSpec.class).task()).isEqualTo(Task.REGRESSION);
        assertThat(prices.only(DatasetSpec.class).split().strategy()).isEqualTo(SplitStrategy.RANDOM);
        assertThat(grades.only(ModelSpec.class).task()).isEqualTo(Task.MULTICLASS_CLASSIFICATION);
    }

    @Test
    void listsPersonalDataAndDoesNotLearnFromIt() throws Exception {
        Path file = file(
                "people.csv",
                table(
                        "full name,mail,age,won",
                        60,
                        i -> "Ann " + i + ",a" + i + "@example.com," + (20 + i % 40) + "," + i % 2));

        ScaffoldPlan plan = writer.plan(choices(file, "won"));

        assertThat(plan.warnings())
                .hasSize(2)
                .allSatisfy(each -> assertThat(each).contains("committed"));
        assertThat(made(choices(file, "won")).only(DatasetSpec.class).features())
                .containsExactly("age");
    }

    @Test
    void leavesALargeFileWhereItIs() throws Exception {
        String filler = "x".repeat(200);
        Path file = file("large.csv", table("a,b,y", 60_000, i -> i % 97 + "," + filler + i % 5 + "," + i % 2));

        ScaffoldPlan plan = writer.plan(choices(file, "y"));

        assertThat(plan.files().keySet()).noneMatch(path -> path.startsWith("data/"));
        assertThat(plan.warnings()).anySatisfy(each -> assertThat(each).contains("data.roots"));
        assertThat(new String(plan.files().get("datasets/mine.yaml"), StandardCharsets.UTF_8))
                .contains("digest: sha256:");
    }

    @Test
    void refusesDataThatNothingCanBeLearntFrom() throws Exception {
        Path file = file(
                "t.csv",
                table(
                        "age,plan,churn,same,gap",
                        60,
                        i -> i % 40 + ",p" + i % 3 + "," + (i % 2 == 0 ? "yes" : "no") + ",x,"
                                + (i == 0 ? "" : "v" + i % 2)));

        refused(choices(file, "chrun"), "no column chrun", "did you mean `churn`?");
        refused(choices(file, "same"), "in every row", "two different values");
        refused(choices(file, "gap"), "no value in 1 row", "remove");
        refused(choices(work.resolve("none.csv"), "y"), "no file none.csv", "--data");
        refused(choices(file("few.csv", table("a,y", 10, i -> i + "," + i % 2)), "y"), "10 rows", "measure");
        refused(choices(file("empty.csv", ""), "y"), "empty", "rows");
        refused(choices(file("only.csv", table("a,y", 40, i -> "1," + i % 2)), "y"), "no column to learn from", "same");
        assertThat(work.resolve("mine")).doesNotExist();
    }

    /** Names and values that YAML, CSV and people trip over; whatever is written must be read back and fit the rows. */
    @Test
    void writesSpecsThatReadBackForOddTables() throws Exception {
        List<String> odd = List.of(
                "no",
                "on",
                "null",
                "~",
                "a: b",
                "- x",
                "#c",
                "it's",
                "\"q\"",
                "{x}",
                "[y]",
                "1e3",
                "0x1F",
                "2020-01-01",
                "ключ",
                "名前",
                "é",
                "e\u0301",
                "a\u200bb",
                "tab\there",
                "*a",
                "&b",
                "!t",
                "%p",
                "@h",
                "`k`",
                "<<",
                "=",
                "a/b~c",
                "a\u00a0b",
                "😀",
                ", ,",
                "true",
                "1_000",
                "12:30",
                " pad ",
                "?",
                "|",
                ">");
        for (long seed = 1; seed <= 6; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<String> names = IntStream.range(0, 5)
                    .mapToObj(i -> odd.get(random.nextInt(odd.size())) + (i == 0 ? "" : i))
                    .toList();
            String header = names.stream().map(SpecWriterTest::quoted).collect(Collectors.joining(",")) + ",the: label";
            Path file = file(
                    "odd" + seed + ".csv",
                    table(
                            header,
                            80,
                            i -> IntStream.range(0, 5)
                                            .mapToObj(c -> c == 4
                                                    ? "" + i % 17
                                                    : quoted(odd.get((i * (c + 1) + c) % (3 + c * 9))))
                                            .collect(Collectors.joining(","))
                                    + "," + (i % 2 == 0 ? "y" : "n")));

            made(choices(file, "the: label"));
        }
    }

    private void refused(DataChoices choices, String message, String hint) {
        assertThatThrownBy(() -> writer.plan(choices)).isInstanceOfSatisfying(ScaffoldException.class, refused -> {
            assertThat(refused).hasMessageContaining(message);
            assertThat(refused.hint().orElse("")).contains(hint);
        });
    }

    /** Writes the specs and holds them against everything that the control plane would hold them against. */
    private SpecsInFolder made(DataChoices choices) throws Exception {
        Path folder = work.resolve("mine");
        if (Files.exists(folder)) {
            folder = Files.createTempDirectory(work, "mine").resolve("mine");
        }
        scaffold.specs(folder, false, writer.plan(choices));
        SpecsInFolder specs = new SpecsInFolder(folder);
        assertThat(specs.reading().problems()).isEmpty();
        assertThat(specs.reading().declarations()).hasSize(5);
        assertThat(specs.rows()).isInstanceOf(DatasetReading.Accepted.class);
        return specs;
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

    private Path subscribers() throws IOException {
        return file(
                "subscribers.csv",
                table(
                        "customerID,SeniorCitizen,tenure,Contract,TotalCharges,always,Churn",
                        120,
                        i -> "%04d-ABC,%d,%d,%s,%s,x,%s"
                                .formatted(
                                        i * 37,
                                        i % 2,
                                        i % 72,
                                        List.of("Month-to-month", "One year", "Two year")
                                                .get(i % 3),
                                        i % 40 == 0 ? " " : "" + (i * 20.5),
                                        i % 5 == 0 ? "Yes" : "No")));
    }

    private static ColumnSchema column(DatasetSpec dataset, String name) {
        return Objects.requireNonNull(dataset.schema().get(name), name);
    }

    private static String table(String header, int count, IntFunction<String> row) {
        return header + "\n" + rows(count, row);
    }

    private static String rows(int count, IntFunction<String> row) {
        return IntStream.range(0, count).mapToObj(row).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String quoted(String value) {
        return '"' + value.replace("\"", "\"\"") + '"';
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(work.resolve(name), text);
    }
}
