package dev.plumbline.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.schemas.catalog.CatalogReading;
import dev.plumbline.schemas.problem.ProblemReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every file below {@code specs/valid} has no problem; every one below {@code specs/invalid} has those that the
 * {@code .problems} file beside it lists. {@code -Dplumbline.update=true} writes these lists anew.
 */
class SpecFixturesTest {
    private static final Path FIXTURES = Path.of("src/test/resources/specs");
    private static final Path FILES = FIXTURES.resolve("files");
    private final SpecReader reader = new SpecReader();

    @TestFactory
    Stream<DynamicTest> findsNothingWrongWithValidSpecs() {
        return named("valid", ".yaml").stream()
                .map(file -> DynamicTest.dynamicTest(
                        name(file), () -> assertThat(report(file)).endsWith(": valid\n")));
    }

    @TestFactory
    Stream<DynamicTest> findsAllProblemsOfInvalidSpecs() {
        return named("invalid", ".yaml").stream()
                .map(file -> DynamicTest.dynamicTest(name(file), () -> comparesWithList(file)));
    }

    @Test
    void usesEveryFixture() throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES.resolve("invalid"))) {
            assertThat(files.filter(file -> !name(file).endsWith(".yaml")))
                    .allMatch(list -> Files.exists(yamlOf(list)), "belongs to a .yaml file");
        }
        assertThat(named("valid", ".yaml")).isNotEmpty();
        assertThat(named("invalid", ".yaml")).isNotEmpty();
    }

    private void comparesWithList(Path file) throws IOException {
        Path list = file.resolveSibling(name(file).replace(".yaml", ".problems"));
        if (Boolean.getBoolean("plumbline.update")) {
            Files.writeString(list, report(file));
        }
        assertThat(report(file)).isEqualTo(Files.readString(list));
    }

    private String report(Path file) throws IOException {
        CatalogReading reading =
                reader.assemble(List.of(reader.read(name(file), Files.readAllBytes(file))), SpecFixturesTest::start);
        return new ProblemReport(reading.files(), reading.documents(), reading.problems())
                .text()
                .replace(System.lineSeparator(), "\n");
    }

    private static Optional<byte[]> start(String path, int length) {
        Path file = FILES.resolve(path);
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(Arrays.copyOf(Files.readAllBytes(file), length))
                    : Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Path> named(String folder, String ending) {
        try (Stream<Path> files = Files.list(FIXTURES.resolve(folder))) {
            return files.filter(file -> name(file).endsWith(ending)).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path yamlOf(Path list) {
        return list.resolveSibling(name(list).replace(".problems", ".yaml"));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
