package dev.plumbline.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.api.Tokens;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.schemas.json.Json;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DoorTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void refusesToListenToTheWorldWithoutTokens() throws Exception {
        Configuration none = read(Map.of(), Optional.empty());

        for (String address : new String[] {"0.0.0.0", "::", "192.0.2.7"}) {
            assertThatThrownBy(() -> Door.open(none, address))
                    .isInstanceOfSatisfying(CommandException.class, refusal -> {
                        assertThat(refusal.code()).isEqualTo(ExitCode.USAGE);
                        assertThat(refusal).hasMessageContaining("no authentication is configured");
                        assertThat(refusal.hint().orElse("")).contains("auth.tokensFile");
                    });
        }
        assertThat(Door.open(none, "127.0.0.1").tokens()).isEmpty();
        assertThat(Door.open(none, "::1").tokens()).isEmpty();
    }

    @Test
    void letsTheWorldAskOnceThereAreTokens() throws Exception {
        Tokens.write(folder);
        Files.writeString(folder.resolve("plumbline.yaml"), "auth:\n  tokensFile: tokens.yaml\n");

        Configuration fromFile = read(Map.of(), Optional.of(folder.resolve("plumbline.yaml")));
        Configuration fromVariable = read(Map.of("PLUMBLINE_AUTH_TOKENSFILE", "tokens.yaml"), Optional.empty());

        assertThat(Door.open(fromFile, "0.0.0.0").tokens()).isPresent();
        assertThat(Door.open(fromVariable, "0.0.0.0").tokens()).isPresent();
        assertThat(Door.open(fromFile, "127.0.0.1").tokens()).isPresent();
    }

    @Test
    void startsNotAtAllWithTokensThatCannotBeRead() throws Exception {
        Configuration missing = read(Map.of("PLUMBLINE_AUTH_TOKENSFILE", "nowhere.yaml"), Optional.empty());

        assertThatThrownBy(() -> Door.open(missing, "127.0.0.1"))
                .isInstanceOf(CommandException.class)
                .hasMessage("the tokens file that auth.tokensFile names cannot be read");
    }

    @Test
    void refusesAConfigurationThatSaysAThingTwiceOrNothingThatItKnows() throws Exception {
        for (String text : new String[] {
            "auth:\n  tokensFile: a\n  tokensFile: b\n", "auth: tokens.yaml\n", "- auth\n", "auth:\n  token: x\n"
        }) {
            Path file = Files.writeString(folder.resolve("plumbline.yaml"), text);
            assertThatThrownBy(() -> read(Map.of(), Optional.of(file)))
                    .as(text)
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("the configuration file plumbline.yaml cannot be used");
        }
    }

    @Test
    void publishesASchemaOfEveryKeyThatItReads() throws Exception {
        JsonNode schema;
        try (InputStream open = Objects.requireNonNull(Configuration.class.getResourceAsStream("configuration.json"))) {
            schema = Json.read(open.readAllBytes());
        }
        List<String> published = schema.get("properties").properties().stream()
                .flatMap(section -> section.getValue().get("properties").propertyNames().stream()
                        .map(key -> section.getKey() + "." + key))
                .sorted()
                .toList();

        assertThat(published).isEqualTo(ConfigurationReader.keys());
    }

    private Configuration read(Map<String, String> environment, Optional<Path> file) throws CommandException {
        return new ConfigurationReader(environment, folder).read(file);
    }
}
