package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.fixture.Specs;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example rules are sound to Prometheus itself and speak of metrics that there are. */
final class AlertRulesTest {
    private static final Path ALERTS = Path.of("..", "docs", "alerts");
    private static final Path RULES = ALERTS.resolve("plumbline.rules.yaml");
    private static final Path REFERENCE = Path.of("..", "docs", "reference", "metrics.md");
    private static final Pattern METRIC = Pattern.compile("plumbline_[a-z_]+");

    @TempDir
    Path folder;

    private static Set<String> metrics(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theRulesOfTheControlPlaneSpeakOfMetricsThatItHas() throws Exception {
        Set<String> asked = metrics(Files.readString(RULES));
        assertThat(asked).contains("plumbline_resource_stalled").hasSizeGreaterThan(4);
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        LoopMetrics metrics = new LoopMetrics(registry);
        metrics.ledger(LoopMetricsTest::health);
        metrics.frozen(List::of);
        metrics.ready(LoopMetricsTest.status(Specs.TRAINING, "DataRejected"));

        Set<String> had = metrics(registry.scrape());

        assertThat(asked.stream().filter(name -> !name.startsWith("plumbline_serving_")))
                .isSubsetOf(had);
    }

    @Test
    void everyMetricOfTheRulesIsInTheReference() throws Exception {
        String reference = Files.readString(REFERENCE);
        assertThat(metrics(Files.readString(RULES)).stream().map(name -> name.replaceFirst("_(count|bucket|sum)$", "")))
                .isSubsetOf(metrics(reference));
    }

    @Test
    @Tag("neighbours")
    void promtoolFindsTheRulesSoundAndTheirTestsPass() throws Exception {
        long rules = Files.readString(RULES)
                .lines()
                .filter(line -> line.strip().startsWith("- alert:"))
                .count();
        assertThat(promtool("check", "rules", "plumbline.rules.yaml")).contains(rules + " rules found");
        assertThat(promtool("test", "rules", "plumbline.test.yaml")).contains("SUCCESS");
    }

    private String promtool(String... arguments) throws IOException, InterruptedException {
        Path command = Optional.ofNullable(System.getenv("PLUMBLINE_PROMTOOL"))
                .map(Path::of)
                .orElseGet(() -> cache().resolve("plumbline-tools/promtool/promtool"));
        assertThat(command)
                .as("promtool, which .ci/tools makes, or PLUMBLINE_PROMTOOL names")
                .isExecutable();
        Path output = folder.resolve("promtool.log");
        List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line)
                .directory(ALERTS.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("promtool ends")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private static Path cache() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
    }
}
