package dev.plumbline.policy.opa;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The {@code opa} command that {@code .ci/tools} makes, or the one that {@code PLUMBLINE_OPA} names. */
final class RealOpa {
    private static final int PATIENCE_SECONDS = 120;

    private final Path command;

    private RealOpa(Path command) {
        this.command = command;
    }

    /** Fails when there is none: a test that needs a neighbour never passes without it. */
    static RealOpa find(String version) {
        Path command = Optional.ofNullable(System.getenv("PLUMBLINE_OPA"))
                .map(Path::of)
                .orElseGet(() -> cache().resolve("plumbline-tools/opa-" + version + "/opa"));
        if (!Files.isExecutable(command)) {
            throw new AssertionError("there is no opa at " + command + ": run .ci/tools, or set PLUMBLINE_OPA");
        }
        return new RealOpa(command);
    }

    Path command() {
        return command;
    }

    /** Runs it in this module's folder. */
    Result run(String... arguments) {
        List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(List.of(arguments));
        return run(new ProcessBuilder(line));
    }

    static Result run(ProcessBuilder builder) {
        try {
            Path output = Files.createTempFile("opa", ".out");
            Path errors = Files.createTempFile("opa", ".err");
            try {
                Process process = builder.redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("still running after " + PATIENCE_SECONDS + " s: " + builder.command());
                }
                return new Result(process.exitValue(), text(output), text(errors));
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopped);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private static Path cache() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
    }

    /** How a run ended. */
    record Result(int exit, String output, String errors) {}
}
