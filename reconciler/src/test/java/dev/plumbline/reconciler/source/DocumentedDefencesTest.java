package dev.plumbline.reconciler.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on security names a test for each attack of the list; the tests are there. */
final class DocumentedDefencesTest {
    private static final Path PAGE = Path.of("../docs/security.md");
    private static final Pattern ROW = Pattern.compile("\\| ([GW][0-9]+) \\|.*\\| (.*) \\|");
    private static final Pattern TEST = Pattern.compile("`([A-Za-z0-9]+)\\.([A-Za-z0-9]+)`");

    private static Map<String, List<MatchResult>> rows() throws IOException {
        Map<String, List<MatchResult>> rows = new HashMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(row.group(1), TEST.matcher(row.group(2)).results().toList());
            }
        }
        return rows;
    }

    @Test
    void everyAttackOfTheListHasATest() throws Exception {
        Set<String> expected = new TreeSet<>();
        IntStream.rangeClosed(1, 12).forEach(number -> expected.add("G" + number));
        IntStream.rangeClosed(1, 7).forEach(number -> expected.add("W" + number));

        assertThat(rows())
                .containsOnlyKeys(expected)
                .allSatisfy((id, tests) -> assertThat(tests).as(id).isNotEmpty());
    }

    @Test
    void everyTestThatThePageNamesIsThere() throws Exception {
        for (Map.Entry<String, List<MatchResult>> row : rows().entrySet()) {
            for (MatchResult test : row.getValue()) {
                assertThat(source(test.group(1)))
                        .as(row.getKey() + ": " + test.group())
                        .contains("void " + test.group(2) + "(");
            }
        }
    }

    /** The texts of the classes of this name. */
    private static String source(String name) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String module : List.of("reconciler", "webhooks")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/test/java"))) {
                for (Path file :
                        files.filter(each -> each.endsWith(name + ".java")).toList()) {
                    text.append(Files.readString(file));
                }
            }
        }
        return text.toString();
    }
}
