package dev.plumbline.reconciler.cli.session;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a command sees of the process that it runs in.
 *
 * @param out answers
 * @param err progress and diagnostics
 * @param directory where the person stands
 * @param interactive whether answers go to a screen
 */
public record Terminal(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Path directory,
        Map<String, String> environment,
        boolean interactive) {
    public Terminal {
        environment = Map.copyOf(environment);
    }

    /** The one of this process. */
    public static Terminal ofProcess() {
        return new Terminal(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                System.in,
                Path.of("").toAbsolutePath(),
                System.getenv(),
                Boolean.getBoolean("plumbline.terminal"));
    }

    /** The value of an environment variable that is set and not blank. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** A path as the person wrote it, from where the person stands. */
    public Path resolve(Path path) {
        return directory.resolve(path).normalize();
    }
}
