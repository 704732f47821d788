package dev.plumbline.reconciler.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever reads a reason finds it in the handbook, and every reason that the code gives is one of the list. */
final class ReasonsTest {
    private static final Path PAGE = Path.of("..", "docs", "operations.md");
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern SECTION = Pattern.compile("(?m)^#### (\\w+)\\n\\n(\\S.*)$");
    private static final Pattern GIVEN = Pattern.compile(
            "(?:Outcome\\.(?:Ready|Waiting|Failed|Stalled)|Held|Unavailable|Result\\.Failed)\\(\\s*\"([A-Z]\\w+)\"\\s*,");

    private static Set<String> labels() {
        return Arrays.stream(Reason.values()).map(Reason::label).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyReasonHasASectionThatSaysWhatHappenedAndWhatToDo() throws Exception {
        Map<String, String> sections = new HashMap<>();
        Matcher found = SECTION.matcher(Files.readString(PAGE));
        while (found.find()) {
            assertThat(sections.put(found.group(1), found.group(2)))
                    .as(found.group(1))
                    .isNull();
        }

        assertThat(sections.keySet()).isEqualTo(labels());
        assertThat(sections.values()).allMatch(text -> text.length() > 20);
    }

    @Test
    void everyReasonThatTheCodeGivesIsInTheList() throws Exception {
        Set<String> given = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> given(file).stream())
                    .forEach(given::add);
        }

        assertThat(given).contains("Training", "DataMissing", "Invalid");
        assertThat(labels()).containsAll(given);
    }

    private static List<String> given(Path file) {
        try {
            return GIVEN.matcher(Files.readString(file))
                    .results()
                    .map((MatchResult each) -> each.group(1))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void labelsAreWrittenAsOneWord() {
        assertThat(Reason.BREAKER_OPEN.label()).isEqualTo("BreakerOpen");
        assertThat(Reason.named("BreakerOpen")).contains(Reason.BREAKER_OPEN);
        assertThat(Reason.named("Nothing")).isEmpty();
    }
}
