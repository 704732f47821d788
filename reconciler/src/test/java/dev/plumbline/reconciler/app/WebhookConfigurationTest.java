package dev.plumbline.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.webhooks.Forge;
import dev.plumbline.webhooks.RepositoryAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WebhookConfigurationTest {
    @TempDir
    Path folder;

    @Test
    void readsTheSecretsThatTheFileNames() throws Exception {
        Files.writeString(folder.resolve("hook"), "a secret of the webhook\n");
        Path file = Files.writeString(folder.resolve("plumbline.yaml"), """
                webhooks:
                  githubSecretFile: hook
                  repository: https://git.example.com/team/models.git
                """);

        Webhooks webhooks = reader(Map.of()).read(Optional.of(file)).webhooks();

        assertThat(webhooks.secrets()).containsOnlyKeys(Forge.GITHUB);
        assertThat(webhooks.repository()).contains(new RepositoryAddress("git.example.com", "team/models"));
    }

    @Test
    void readsTheSecretsThatTheEnvironmentNames() throws Exception {
        Files.writeString(folder.resolve("hook"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        assertThat(reader(Map.of("PLUMBLINE_WEBHOOKS_GITLABSECRETFILE", "hook"))
                        .read(Optional.empty())
                        .webhooks()
                        .secrets())
                .containsOnlyKeys(Forge.GITLAB);
    }

    @Test
    void refusesASecretFileThatIsNotThereOrHoldsNone() throws Exception {
        assertThatThrownBy(() -> reader(Map.of("PLUMBLINE_WEBHOOKS_GITEASECRETFILE", "hook"))
                        .read(Optional.empty()))
                .isInstanceOf(CommandException.class)
                .hasMessage("the file of webhooks.giteaSecretFile (hook) cannot be read");
        Files.writeString(folder.resolve("hook"), "canary");
        assertThatThrownBy(() -> reader(Map.of("PLUMBLINE_WEBHOOKS_GITEASECRETFILE", "hook"))
                        .read(Optional.empty()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("fewer than 16 bytes")
                .hasMessageNotContaining("canary");
    }

    @Test
    void refusesARepositoryThatNoForgeWouldName() {
        assertThatThrownBy(() -> reader(Map.of("PLUMBLINE_WEBHOOKS_REPOSITORY", "models"))
                        .read(Optional.empty()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("webhooks.repository");
    }

    private ConfigurationReader reader(Map<String, String> environment) {
        return new ConfigurationReader(environment, folder);
    }
}
