package dev.plumbline.benchmarks.inference;

import dev.plumbline.runtime.serving.ServeProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** The data plane as {@code plumb serve} runs it. */
final class ServeChild {
    private ServeChild() {}

    /**
     * Serves until it is stopped.
     *
     * @param arguments {@code --state DIR --port N --bind HOST}
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ServeProcess.run(
                ServeProcess.Settings.of(Path.of(arguments[1]), arguments[5], Integer.parseInt(arguments[3])),
                Clock.systemUTC());
    }
}
