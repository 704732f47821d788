package dev.plumbline.runtime.training.job;

import dev.plumbline.runtime.TrainingOutcome;
import dev.plumbline.runtime.TrainingProgress;
import dev.plumbline.schemas.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * One line that a training process writes to its standard output for its parent: how far it is, or how it ended. Lines
 * without the mark are output of libraries.
 */
public record JobMessage(
        Optional<TrainingProgress> progress,
        Optional<TrainingOutcome.Succeeded> succeeded,
        Optional<TrainingOutcome.Failed> failed) {
    private static final String MARK = "@plumbline-training ";

    static JobMessage of(TrainingProgress progress) {
        return new JobMessage(Optional.of(progress), Optional.empty(), Optional.empty());
    }

    static JobMessage of(TrainingOutcome.Succeeded succeeded) {
        return new JobMessage(Optional.empty(), Optional.of(succeeded), Optional.empty());
    }

    static JobMessage of(TrainingOutcome.Failed failed) {
        return new JobMessage(Optional.empty(), Optional.empty(), Optional.of(failed));
    }

    /** The message as a line of the child's standard output. */
    public String line() {
        return MARK + Json.line(this);
    }

    /** The message of a line; empty when it is something else. */
    public static Optional<JobMessage> parse(String line) {
        if (!line.startsWith(MARK)) {
            return Optional.empty();
        }
        try {
            byte[] json = line.substring(MARK.length()).getBytes(StandardCharsets.UTF_8);
            return Optional.of(Json.read(json, JobMessage.class));
        } catch (JacksonException foreign) {
            // A process that dies may leave half a line; the caller keeps it with the other output.
            return Optional.empty();
        }
    }

    /** How the attempt ended, when that is what the message says. */
    public Optional<TrainingOutcome> outcome() {
        return succeeded.<TrainingOutcome>map(outcome -> outcome).or(() -> failed);
    }
}
