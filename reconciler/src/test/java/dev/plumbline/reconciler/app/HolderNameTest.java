package dev.plumbline.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person can follow the name to the machine. */
final class HolderNameTest {
    @TempDir
    Path folder;

    @Test
    void saysWhoOnWhichMachineAndWhichProcess() {
        assertThat(HolderName.of("ada", Optional.of("laptop"), 4711)).isEqualTo("ada@laptop (process 4711)");
        assertThat(HolderName.of("ada", Optional.empty(), 4711)).isEqualTo("ada@an unnamed machine (process 4711)");
        assertThat(HolderName.ofThisProcess())
                .endsWith(" (process " + ProcessHandle.current().pid() + ")");
    }

    @Test
    void takesTheFirstNameThatAFileHoldsAndAsksNoResolver() throws Exception {
        Path strange = Files.writeString(folder.resolve("strange"), "two words\n");
        Path file = Files.writeString(folder.resolve("hostname"), "build-7.example.com\n");

        assertThat(HolderName.host(List.of(folder.resolve("none"), strange, file), () -> {
                    throw new AssertionError("asked");
                }))
                .contains("build-7.example.com");
    }

    @Test
    void asksTheResolverWhereNoFileSaysIt() {
        assertThat(HolderName.host(List.of(folder.resolve("none")), () -> Optional.of("mac.local")))
                .contains("mac.local");
        assertThat(HolderName.host(List.of(), () -> Optional.of("two words"))).isEmpty();
    }
}
