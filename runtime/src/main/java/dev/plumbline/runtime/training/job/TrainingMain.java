package dev.plumbline.runtime.training.job;

import dev.plumbline.runtime.TrainingOutcome;
import dev.plumbline.runtime.artifact.FileArtifactStore;
import dev.plumbline.runtime.data.DatasetReader;
import dev.plumbline.runtime.process.ParentWatch;
import dev.plumbline.schemas.fault.StorageFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * Main class of a training process. Its one argument is the request's file; its standard output carries
 * {@link JobMessage}s, its standard error everything else; it ends when its standard input does.
 */
public final class TrainingMain {
    /** The exit code after an outcome was told. */
    public static final int DONE = 0;

    /** As the JVM's own {@code ExitOnOutOfMemoryError}. */
    public static final int OUT_OF_MEMORY = 3;

    static final int CRASHED = 70;

    private TrainingMain() {}

    /** Runs the attempt and ends the process. */
    public static void main(String[] arguments) {
        PrintStream messages = System.out;
        // Whatever a library prints must not get between the messages.
        System.setOut(System.err);
        ParentWatch.haltAtEndOf(System.in);
        int status = status(arguments, messages);
        messages.flush();
        System.exit(status);
    }

    private static int status(String[] arguments, PrintStream messages) {
        try {
            run(Path.of(arguments[0]), messages).ifPresent(message -> messages.println(message.line()));
            return DONE;
        } catch (OutOfMemoryError exhausted) {
            // Native buffers run out without the JVM noticing by itself.
            System.err.println("out of memory: " + exhausted.getMessage());
            return OUT_OF_MEMORY;
        } catch (LinkageError missing) {
            missing.printStackTrace(System.err);
            messages.println(JobMessage.of(unloaded(missing)).line());
            return DONE;
        } catch (InterruptedException | IOException | JacksonException failure) {
            failure.printStackTrace(System.err);
            Optional<TrainingOutcome.Failed> refused = refused(failure);
            refused.ifPresent(outcome -> messages.println(JobMessage.of(outcome).line()));
            return refused.isPresent() ? DONE : CRASHED;
        }
    }

    /** What the machine does not let a training process do goes once it does. */
    static Optional<TrainingOutcome.Failed> refused(Exception failure) {
        return StorageFailure.in(failure)
                .map(why -> new TrainingOutcome.Failed(
                        "TrainingStorage", "The training process could not go on: " + why.words() + ".", false));
    }

    /** A library that cannot be unpacked for want of room is there again when there is room. */
    static TrainingOutcome.Failed unloaded(LinkageError missing) {
        for (Throwable cause = missing.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException unwritable) {
                String what =
                        unwritable instanceof FileSystemException file ? file.getReason() : unwritable.getMessage();
                return new TrainingOutcome.Failed(
                        "TrainingStorage",
                        "A native library of the trainer could not be unpacked below the state folder (" + what
                                + "). Make room.",
                        false);
            }
        }
        return new TrainingOutcome.Failed(
                "TrainerError",
                "A native library of the trainer could not be loaded on this machine. Choose another algorithm, or"
                        + " install what it needs; the run's log names it.",
                true);
    }

    private static Optional<JobMessage> run(Path file, PrintStream messages) throws IOException, InterruptedException {
        JobRequest request = JobRequest.read(file);
        JobProgress progress = new JobProgress(
                Clock.systemUTC(), told -> messages.println(JobMessage.of(told).line()));
        return switch (outcome(request, progress)) {
            case TrainingOutcome.Succeeded succeeded -> Optional.of(JobMessage.of(succeeded));
            case TrainingOutcome.Failed failed -> Optional.of(JobMessage.of(failed));
            case TrainingOutcome.Cancelled _ -> Optional.empty();
        };
    }

    private static TrainingOutcome outcome(JobRequest request, JobProgress progress) throws InterruptedException {
        FileArtifactStore artifacts;
        try {
            artifacts = new FileArtifactStore(Path.of(request.artifacts()));
        } catch (UncheckedIOException unusable) {
            return new TrainingOutcome.Failed("ArtifactStore", String.valueOf(unusable.getMessage()), false);
        }
        JobLog log = new JobLog(Clock.systemUTC(), System.err::println);
        return new TrainingJob(request, new DatasetReader(), artifacts, progress, log).run();
    }
}
