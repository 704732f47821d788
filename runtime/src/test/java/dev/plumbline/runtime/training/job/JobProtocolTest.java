package dev.plumbline.runtime.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.runtime.Evaluation;
import dev.plumbline.runtime.MetricValue;
import dev.plumbline.runtime.TrainingOutcome.Failed;
import dev.plumbline.runtime.TrainingOutcome.Parity;
import dev.plumbline.runtime.TrainingOutcome.Succeeded;
import dev.plumbline.runtime.TrainingProgress;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Metric;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobProtocolTest {
    @TempDir
    private Path folder;

    @Test
    void carriesARequestWhole() throws Exception {
        ProcessCases cases = new ProcessCases(folder);
        JobRequest request = JobRequest.of(cases.request(cases.file("rows.csv", 50, false)), folder);
        request.write(folder.resolve("request.json"));

        JobRequest read = JobRequest.read(folder.resolve("request.json"));

        assertThat(read).isEqualTo(request);
        assertThat(read.inputs().id()).isEqualTo(request.inputs().id());
    }

    @Test
    void carriesMessagesWhole() {
        Digest digest = Digest.of(new byte[] {1});
        MetricValue value = new MetricValue(0.8, 0.7, 0.9, 100);
        Evaluation evaluation = new Evaluation(
                Map.of(Metric.AUC, value),
                List.of("no", "yes"),
                List.of(List.of(1L, 2L), List.of(3L, 4L)),
                List.of(new Evaluation.Group("plan", "pro", 7, Map.of(Metric.PR_AUC, value))));
        List<JobMessage> messages = List.of(
                JobMessage.of(
                        new TrainingProgress("fitting", 0.5, "tree 1 of 2", Optional.of(Duration.ofMillis(1500)))),
                JobMessage.of(new TrainingProgress("reading", 0, "", Optional.empty())),
                JobMessage.of(new Failed("DataRejected", "two lines\nof text", true)),
                JobMessage.of(new Succeeded(
                        digest,
                        12,
                        digest,
                        evaluation,
                        new Parity(5, 0, 1e-7, true),
                        new TreeMap<>(Map.of("java", "25")))));

        assertThat(messages)
                .allSatisfy(
                        message -> assertThat(JobMessage.parse(message.line())).contains(message));
    }

    @Test
    void takesOtherLinesForOutput() {
        assertThat(JobMessage.parse("[12:00:00] WARNING: some library")).isEmpty();
        assertThat(JobMessage.parse("@plumbline-training {\"progress\":{")).isEmpty();
    }

    @Test
    void tellsEachPercentOnceAndNeverGoesBack() {
        List<TrainingProgress> told = new ArrayList<>();
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        JobProgress progress = new JobProgress(clock, told::add);
        progress.enter(JobProgress.Phase.READING);
        progress.enter(JobProgress.Phase.FITTING);
        for (int tree : new int[] {1, 2, 500, 400, 501, 1000}) {
            progress.at(tree, 1000, "tree");
        }
        progress.enter(JobProgress.Phase.EVALUATING);

        assertThat(told)
                .extracting(TrainingProgress::detail)
                .containsExactly("", "", "tree 500 of 1000", "tree 1000 of 1000", "");
        assertThat(told).extracting(TrainingProgress::fraction).isSorted();
        assertThat(told.get(2).remaining()).contains(Duration.ZERO);
        assertThat(told.get(1).remaining()).isEmpty();
    }
}
