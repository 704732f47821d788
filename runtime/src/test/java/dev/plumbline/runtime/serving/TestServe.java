package dev.plumbline.runtime.serving;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** The main class of a data plane that tests start as a process: {@code --state DIR --port N --bind HOST}. */
final class TestServe {
    private TestServe() {}

    static void main(String[] arguments) throws IOException, InterruptedException {
        ServeProcess.run(
                ServeProcess.Settings.of(Path.of(arguments[1]), arguments[5], Integer.parseInt(arguments[3])),
                Clock.systemUTC());
    }
}
