package dev.plumbline.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.fixture.SigningKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SigningConfigurationTest {
    @TempDir
    Path folder;

    private Configuration read(Map<String, String> variables) throws CommandException {
        return new ConfigurationReader(variables, folder).read(Optional.empty());
    }

    @Test
    void signsWithTheKeyThatItNames() throws Exception {
        SigningKeys.write(folder.resolve("key"));

        assertThat(read(Map.of("PLUMBLINE_GIT_SIGNINGKEYFILE", "key"))
                        .committer()
                        .signing()
                        .signs())
                .isTrue();
        assertThat(read(Map.of()).committer().signing().signs()).isFalse();
    }

    @Test
    void refusesAKeyThatCannotBeUsed() throws Exception {
        Files.writeString(folder.resolve("key"), "canary");

        assertThatThrownBy(() -> read(Map.of("PLUMBLINE_GIT_SIGNINGKEYFILE", "key")))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith("The file that git.signingKeyFile names cannot be used")
                .hasMessageNotContaining("canary");
    }

    @Test
    void refusesTrustedKeysWithoutAnOwnOne() throws Exception {
        Files.writeString(folder.resolve("allowed"), "");

        assertThatThrownBy(() -> read(Map.of("PLUMBLINE_GIT_ALLOWEDSIGNERSFILE", "allowed")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("without git.signingKeyFile none is checked");
    }
}
