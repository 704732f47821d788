package dev.plumbline.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    @TempDir
    private Path folder;

    @Test
    void tellsTheEndOfALogWithoutPlaces() throws Exception {
        Path log = Files.writeString(
                folder.resolve("output.log"),
                "early\n".repeat(3000)
                        + "\nerror in /home/someone/state/run/libx.so: no such file\n\nat Foo.java:12\n");

        assertThat(LastLines.of(log).lines()).hasSize(8).endsWith("error in libx.so: no such file", "at Foo.java:12");
        assertThat(LastLines.of(folder.resolve("absent"))).isEmpty();
    }

    @Test
    void passesNoSecretsToAProcess() {
        Map<String, String> environment =
                new TreeMap<>(Map.of("PATH", "/bin", "PLUMBLINE_TOKEN", "secret", "JAVA_TOOL_OPTIONS", "-x"));
        ChildEnvironment.restrict(environment);

        assertThat(environment).containsOnlyKeys("PATH");
    }
}
