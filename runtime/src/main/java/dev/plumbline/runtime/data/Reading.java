package dev.plumbline.runtime.data;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs work on an engine in a platform thread of its own: DuckDB's native calls would otherwise hold on to the carrier of
 * a virtual thread and could not be interrupted.
 */
final class Reading {
    private Reading() {}

    static <T> T with(Path file, long memoryBytes, Work<T> work) throws SQLException, InterruptedException {
        try (Engine engine = Engine.open(file, memoryBytes)) {
            FutureTask<T> task = new FutureTask<>(() -> work.with(engine));
            Thread thread = Thread.ofPlatform().daemon().name("data-reading").start(task);
            try {
                return task.get();
            } catch (ExecutionException e) {
                throw cause(e);
            } catch (InterruptedException e) {
                engine.cancel();
                // The statement ends within moments; closing the engine under it would crash native code.
                thread.join();
                throw e;
            }
        }
    }

    private static SQLException cause(ExecutionException e) {
        return switch (e.getCause()) {
            case SQLException sql -> sql;
            case RuntimeException bug -> throw bug;
            case Error fatal -> throw fatal;
            case null, default -> throw new IllegalStateException(e);
        };
    }

    /** The first line of what went wrong, the file by its name only. */
    static String reason(Exception e, Path file) {
        String message = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
        if (message.contains("invalid state")) {
            return "its lines end in different ways (LF and CR LF); save it with one of them.";
        }
        String first = Arrays.stream(message.split("\n", -1)).findFirst().orElse(message);
        String name = String.valueOf(file.getFileName());
        return first.replace(file.toAbsolutePath().normalize().toString(), name).replace(file.toString(), name);
    }

    /** What is done with the engine. */
    interface Work<T> {
        T with(Engine engine) throws SQLException;
    }
}
