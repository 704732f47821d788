package dev.plumbline.runtime.training;

import dev.plumbline.runtime.TrainingOutcome;
import dev.plumbline.runtime.TrainingOutcome.Failed;
import dev.plumbline.runtime.TrainingProgress;
import dev.plumbline.runtime.TrainingRequest;
import dev.plumbline.runtime.process.ChildJvm;
import dev.plumbline.runtime.training.job.JobMessage;
import dev.plumbline.runtime.training.job.JobRequest;
import dev.plumbline.runtime.training.job.TrainingMain;
import dev.plumbline.schemas.fault.Failpoint;
import dev.plumbline.schemas.model.Durations;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs one attempt in a child JVM with the class path of this one: a heap limit, a time limit, output in a file, and an
 * end as soon as this process or the attempt ends. Thread-safe.
 */
final class TrainingProcess {
    static final String OUTPUT = "output.log";

    /** Some ten thousand rows. */
    private static final long SMALL_FILE = 2 << 20;

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int KILLED_BY_SYSTEM = 137;

    private final ChildJvm java;
    private final Path artifacts;
    private final Path scratches;
    private final ExecutorService executor;

    TrainingProcess(ChildJvm java, Path artifacts, Path scratches, ExecutorService executor) {
        this.java = java;
        this.artifacts = artifacts;
        this.scratches = scratches;
        this.executor = executor;
    }

    /**
     * Runs the attempt to its end.
     *
     * @throws InterruptedException when the thread was interrupted; then the process has ended too
     * @throws IOException when the process cannot be started or its folder not be written
     */
    TrainingOutcome run(TrainingRequest request, Consumer<TrainingProgress> listener)
            throws IOException, InterruptedException {
        Path directory = Files.createDirectories(request.directory());
        Path scratch = Files.createTempDirectory(Files.createDirectories(scratches), "attempt");
        try {
            Path file = scratch.resolve("request.json");
            JobRequest.of(request, artifacts).write(file);
            return run(start(request, directory, scratch, file), request, directory.resolve(OUTPUT), listener);
        } finally {
            Scratch.delete(scratch);
        }
    }

    private Process start(TrainingRequest request, Path directory, Path scratch, Path file) throws IOException {
        ProcessBuilder builder = java.withHeap(request.training().resources().memoryBytes())
                .with(
                        "-XX:ActiveProcessorCount="
                                + request.training().resources().cpu(),
                        // Gives up where others would collect garbage for hours.
                        "-XX:+UseParallelGC",
                        "-XX:GCTimeLimit=90",
                        "-XX:GCHeapFreeLimit=5",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:-UsePerfData",
                        "-Djava.io.tmpdir=" + scratch.toAbsolutePath(),
                        "-Dstdout.encoding=UTF-8",
                        "-Dstderr.encoding=UTF-8")
                .with(small(request) ? new String[] {"-XX:TieredStopAtLevel=1"} : new String[0])
                .inOwnSession()
                .builder(List.of(file.toAbsolutePath().toString()));
        ChildEnvironment.restrict(builder.environment());
        return builder.directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve(OUTPUT).toFile()))
                .start();
    }

    /** Over little data the optimizing compiler costs more than the fitting that it would make faster. */
    private static boolean small(TrainingRequest request) throws IOException {
        return Files.size(request.data().path()) <= SMALL_FILE;
    }

    private TrainingOutcome run(
            Process child, TrainingRequest request, Path output, Consumer<TrainingProgress> listener)
            throws IOException, InterruptedException {
        try {
            Failpoint.TRAINING_SPAWNED.hit();
            Future<Optional<TrainingOutcome>> told = executor.submit(() -> listen(child, output, listener));
            Duration limit = request.training().maxDuration();
            if (!child.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Failed(
                        "TimeLimit",
                        "Training took longer than its limit of " + Durations.text(limit)
                                + ". Raise killCriteria.maxDuration, or train a smaller model.",
                        true);
            }
            return outcome(child.exitValue(), told.get(), request, output);
        } catch (ExecutionException failure) {
            throw new IOException("the output of a training process could not be kept", failure);
        } finally {
            end(child);
        }
    }

    private static Optional<TrainingOutcome> listen(Process child, Path output, Consumer<TrainingProgress> listener)
            throws IOException {
        Optional<TrainingOutcome> outcome = Optional.empty();
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8);
                Writer log = Files.newBufferedWriter(output, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<JobMessage> message = JobMessage.parse(line);
                if (message.isEmpty()) {
                    log.write(line + System.lineSeparator());
                    log.flush();
                } else {
                    message.get().progress().ifPresent(listener);
                    if (message.get().outcome().isPresent()) {
                        outcome = message.get().outcome();
                    }
                }
            }
        }
        return outcome;
    }

    private static TrainingOutcome outcome(
            int status, Optional<TrainingOutcome> told, TrainingRequest request, Path output) throws IOException {
        if (status == TrainingMain.DONE && told.isPresent()) {
            return told.get();
        }
        if (status == TrainingMain.OUT_OF_MEMORY) {
            long mebibytes = request.training().resources().memoryBytes() >> 20;
            return new Failed(
                    "OutOfMemory",
                    "Training needed more than its " + mebibytes + " MiB of memory. Raise resources.memory.",
                    true);
        }
        String last = LastLines.of(output);
        return new Failed("Crashed", crash(status) + (last.isEmpty() ? "" : " Its last output:\n" + last), false);
    }

    private static String crash(int status) {
        return status == KILLED_BY_SYSTEM
                ? "The training process was killed by the system, as it is when the machine's memory runs out."
                : "The training process ended with status " + status + " and without a result.";
    }

    /** Returns when the process is gone. An interrupt is remembered, not obeyed: nothing may be left running. */
    private static void end(Process child) {
        boolean interrupted = false;
        child.destroy();
        Duration patience = GRACE;
        while (child.isAlive()) {
            try {
                if (!child.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    child.destroyForcibly();
                    patience = Duration.ofMinutes(1);
                }
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
