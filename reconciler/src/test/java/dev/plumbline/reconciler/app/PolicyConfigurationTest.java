package dev.plumbline.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.policy.PolicyBundle;
import dev.plumbline.policy.opa.OpaServer;
import dev.plumbline.reconciler.cli.session.CommandException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyConfigurationTest {
    @TempDir
    Path folder;

    @Test
    void evaluatesInThisProcessUnlessAServerIsNamed() throws CommandException {
        assertThat(read(Map.of())).isEqualTo(new Policies(Optional.empty(), Optional.empty()));
        assertThat(read(Map.of("engine", "embedded"))).isEqualTo(read(Map.of()));
    }

    @Test
    void asksTheServerThatIsNamed() throws CommandException {
        assertThat(read(Map.of(
                                "engine", "server",
                                "url", "https://opa.example.com:8181",
                                "tokenFile", "token",
                                "caFile", "ca.pem"))
                        .server())
                .contains(new OpaServer.Settings(
                        URI.create("https://opa.example.com:8181"),
                        Optional.of(folder.resolve("token")),
                        Optional.of(folder.resolve("ca.pem"))));
    }

    @Test
    void signsWithTheKeyThatIsNamed() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
        Files.writeString(
                folder.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");

        Optional<PolicyBundle> bundle =
                read(Map.of("signingKeyFile", "key.pem")).bundle();

        assertThat(bundle).isPresent();
    }

    @Test
    void tellsOfAKeyThatCannotSign() {
        assertThatThrownBy(() -> read(Map.of("signingKeyFile", "none.pem")))
                .isInstanceOf(CommandException.class)
                .hasMessage("policy.signingKeyFile: the key none.pem cannot be read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "engine=opa",
                "engine=server",
                "engine=server url=opa.example.com",
                "engine=server url=ftp://opa.example.com",
                "engine=server url=https://user@opa.example.com",
                "engine=server url=https://opa.example.com?x=1",
                "engine=server url=http://opa caFile=ca.pem",
                "url=https://opa.example.com",
                "engine=embedded tokenFile=token",
                "caFile=ca.pem"
            })
    void refusesWhatCannotBeOrWouldHaveNoEffect(String words) {
        Map<String, String> keys = new HashMap<>();
        for (String word : words.split(" ")) {
            keys.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        }

        assertThatThrownBy(() -> read(keys))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("policy.")
                .hasMessageNotContaining("user@");
    }

    private Policies read(Map<String, String> keys) throws CommandException {
        Map<String, String> texts = new HashMap<>();
        keys.forEach((key, value) -> texts.put("policy." + key, value));
        return Policies.of(texts, folder::resolve);
    }
}
