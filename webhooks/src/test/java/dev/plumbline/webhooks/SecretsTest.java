package dev.plumbline.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {
    private static final String CANARY = "canary-0123456789abcdef";

    private final Bed.Time time = new Bed.Time();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n \n",
                "short",
                "whsec_c2hvcnQ=",
                "whsec_!!!canary!!!canary!!!",
                "canary-one-0123456\ncanary-two-0123456\ncanary-three-0123456"
            })
    void refusesSecretsThatProtectNothingWithoutRepeatingThem(String content) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secrets.parse(content))
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("canary"));
    }

    @Test
    void neverPrintsASecret() {
        assertThat(Secrets.parse(CANARY).toString()).doesNotContain("canary");
    }

    @Test
    void readsAnExchangedSecretWithoutARestart() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), CANARY + "\n");
        SecretFile secrets = new SecretFile("webhooks.gitlabSecretFile", file, time);
        assertThat(secrets.current().isOne(CANARY)).isTrue();

        Files.writeString(file, Bed.SECOND);
        time.pass(Duration.ofSeconds(6));
        assertThat(secrets.current().isOne(CANARY)).isFalse();
        assertThat(secrets.current().isOne(Bed.SECOND)).isTrue();
    }

    @Test
    void refusesASecretThatWasTakenAway() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), CANARY);
        SecretFile secrets = new SecretFile("webhooks.gitlabSecretFile", file, time);
        secrets.current();
        Files.delete(file);
        time.pass(Duration.ofSeconds(6));

        for (int again = 0; again < 2; again++) {
            assertThatIOException()
                    .isThrownBy(secrets::current)
                    .withMessage("the file of webhooks.gitlabSecretFile (secret) cannot be read");
        }
    }

    @Test
    void saysWhatIsWrongWithASecretFile() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "short");

        assertThatIOException()
                .isThrownBy(() -> new SecretFile("webhooks.githubSecretFile", file, time).current())
                .withMessageContaining("fewer than 16 bytes")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain(folder.toString()));
        Files.writeString(file, "x".repeat(5_000));
        assertThatIOException()
                .isThrownBy(() -> new SecretFile("webhooks.githubSecretFile", file, time).current())
                .withMessageContaining("too large");
    }
}
