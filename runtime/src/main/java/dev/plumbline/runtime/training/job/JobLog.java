package dev.plumbline.runtime.training.job;

import dev.plumbline.runtime.Evaluation;
import dev.plumbline.runtime.RunInputs;
import dev.plumbline.runtime.TrainingOutcome;
import dev.plumbline.schemas.model.Digest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What an attempt did, a line each as it happens, for whoever reads the run's output. Not thread-safe. */
final class JobLog {
    private final Clock clock;
    private final Consumer<String> lines;
    private Instant since;

    JobLog(Clock clock, Consumer<String> lines) {
        this.clock = clock;
        this.lines = lines;
        this.since = clock.instant();
    }

    void reading(RunInputs inputs) {
        say("run " + inputs.id().shortened() + ": reading the data");
    }

    void read(int columns, int training, int heldOut) {
        say("read " + (training + heldOut) + " rows of " + columns + " columns in " + elapsed() + ": " + training
                + " to learn from, " + heldOut + " held out");
    }

    void fitting(RunInputs inputs) {
        String parameters = inputs.parameters().entrySet().stream()
                .map(each -> each.getKey() + " " + number(each.getValue()))
                .collect(Collectors.joining(", "));
        say("fitting " + inputs.algorithm().label() + " with " + (parameters.isEmpty() ? "" : parameters + ", ")
                + "seed " + inputs.seed());
    }

    /** The model was fitted and written as a graph. */
    void fitted(int bytes) {
        say("fitted in " + elapsed() + ", exported as a graph of " + bytes + " bytes");
    }

    void compared(TrainingOutcome.Parity parity) {
        say("the graph answers " + parity.rows() + " held-out rows as the fitted model, largest difference "
                + parity.largestDifference());
    }

    void evaluated(Evaluation evaluation) {
        say("evaluated in " + elapsed() + ": "
                + evaluation.metrics().entrySet().stream()
                        .map(each -> String.format(
                                Locale.ROOT,
                                "%s %.4g (%.4g to %.4g)",
                                each.getKey().label(),
                                each.getValue().value(),
                                each.getValue().low(),
                                each.getValue().high()))
                        .collect(Collectors.joining(", ")));
    }

    void stored(Digest model) {
        say("stored " + model);
    }

    void failed(TrainingOutcome.Failed failure) {
        say("failed, " + failure.reason() + ": " + failure.message().replace("\n", " "));
    }

    /** Since the last time that somebody asked. */
    private String elapsed() {
        Instant now = clock.instant();
        Duration elapsed = Duration.between(since, now);
        since = now;
        return String.format(Locale.ROOT, "%.1f s", Math.max(0, elapsed.toMillis()) / 1000.0);
    }

    private void say(String sentence) {
        lines.accept(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + sentence);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : "" + value;
    }
}
