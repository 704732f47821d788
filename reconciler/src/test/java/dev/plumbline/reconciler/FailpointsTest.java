package dev.plumbline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.schemas.fault.Failpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailpointsTest {
    private static final Pattern HIT = Pattern.compile("Failpoint\\.([A-Z_]+)\\.hit\\(\\)");

    @Test
    void everyFailpointStandsInTheCodeOnce() throws IOException {
        assertThat(Stream.concat(hits(Path.of("src")).stream(), hits(Path.of("../runtime/src")).stream()))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Failpoint.values()).map(Failpoint::name).toList());
    }

    private static List<String> hits(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources.resolve("main/java"))) {
            return files.filter(Files::isRegularFile)
                    .flatMap(file -> HIT.matcher(text(file)).results())
                    .map((MatchResult hit) -> hit.group(1))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new AssertionError(file + " cannot be read", unreadable);
        }
    }
}
