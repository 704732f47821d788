package dev.plumbline.reconciler.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.schemas.model.Digest;
import dev.plumbline.testkit.MutableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensFileTest {
    private static final String OLD = "old-".repeat(10);
    private static final String NEW = "new-".repeat(10);
    private static final String OTHER = "other".repeat(8);

    private final MutableClock clock = MutableClock.started();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void knowsACallerByTheToken() throws Exception {
        TokensFile tokens = open(caller("ann@example.com", "operate, approve", OLD) + caller("metrics", "read", OTHER));

        assertThat(tokens.caller(OLD)).contains(new Caller("ann@example.com", Set.of(Role.OPERATE, Role.APPROVE)));
        assertThat(tokens.caller(OTHER).orElseThrow().may(Role.READ)).isTrue();
        assertThat(tokens.caller(OTHER).orElseThrow().may(Role.OPERATE)).isFalse();
        assertThat(tokens.caller(OLD).orElseThrow().may(Role.READ)).isTrue();
        assertThat(tokens.caller(NEW)).isEmpty();
        assertThat(tokens.caller(OLD + "x")).isEmpty();
        assertThat(tokens.caller("")).isEmpty();
        assertThat(tokens.caller(digest(OLD))).as("a digest is no token").isEmpty();
    }

    @Test
    void takesNoTokenThatCouldBeGuessed() throws Exception {
        TokensFile tokens = open(caller("ann", "read", "short"));

        assertThat(tokens.caller("short")).isEmpty();
    }

    @Test
    void replacesATokenWhileBothAreLive() throws Exception {
        TokensFile tokens = open(caller("ann", "read", OLD));

        write(caller("ann", "read", OLD, NEW));
        assertThat(tokens.caller(OLD)).isPresent();
        assertThat(tokens.caller(NEW)).isPresent();

        write(caller("ann", "read", NEW));
        assertThat(tokens.caller(OLD)).isEmpty();
        assertThat(tokens.caller(NEW)).isPresent();
        assertThat(tokens.problem()).isEmpty();
    }

    @Test
    void noticesAFileThatTakesItsPlace() throws Exception {
        TokensFile tokens = open(caller("ann", "read", OLD));
        Path draft = Files.writeString(folder.resolve("draft"), "callers:\n" + caller("ann", "read", NEW));

        Files.move(draft, file(), StandardCopyOption.REPLACE_EXISTING);

        assertThat(tokens.caller(OLD)).isEmpty();
        assertThat(tokens.caller(NEW)).isPresent();
    }

    @Test
    void keepsWhatWasReadWhenTheFileBreaksAndSaysSo() throws Exception {
        TokensFile tokens = open(caller("ann", "read", OLD));

        Files.writeString(file(), "callers: [");
        assertThat(tokens.caller(OLD)).isPresent();
        assertThat(tokens.problem().orElse("")).contains("tokens.yaml").contains("line 1 is not sound YAML");

        Files.delete(file());
        assertThat(tokens.caller(OLD)).isPresent();
        assertThat(tokens.problem().orElse("")).contains("cannot be read");

        write(caller("ann", "read", NEW));
        assertThat(tokens.problem()).isEmpty();
        assertThat(tokens.caller(OLD)).isEmpty();
    }

    @Test
    void refusesAFileThatOthersCanChange() throws Exception {
        write(caller("ann", "read", OLD));
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw----"));

        assertThatThrownBy(() -> TokensFile.open(file(), clock))
                .isInstanceOf(TokensException.class)
                .hasMessageContaining("can be changed by others than its owner")
                .hasMessageContaining("chmod go-w");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> TokensFile.open(file(), clock))
                .isInstanceOf(TokensException.class)
                .hasMessage("the tokens file that auth.tokensFile names cannot be read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "callers: []",
                "callers: {}",
                "callers: [{name: ann}]",
                "callers: [ann]",
                "callers: [{name: ann, roles: [read], tokens: []}]",
                "callers: [{name: ann, roles: [], tokens: [DIGEST]}]",
                "callers: [{name: ann, roles: [admin], tokens: [DIGEST]}]",
                "callers: [{name: ann, roles: read, tokens: [DIGEST]}]",
                "callers: [{name: 'ann\\nbob', roles: [read], tokens: [DIGEST]}]",
                "callers: [{name: \"ann\\nPlumbline-Version: v9\", roles: [read], tokens: [DIGEST]}]",
                "callers: [{name: ann, roles: [read], tokens: [SECRET]}]",
                "callers: [{name: ann, roles: [read], token: SECRET}]",
                "callers: [{name: ann, roles: [read], tokens: [DIGEST, DIGEST]}]",
                "callers: [{name: ann, roles: [read], tokens: [DIGEST], admin: true}]",
                "callers: [{name: ann, roles: [read], tokens: [DIGEST]}]\nmore: 1",
                "callers: [{name: ann, roles: [read], tokens: [DIGEST]}]\n---\ncallers: []",
                "callers: [{name: ann, roles: [read], roles: [approve], tokens: [DIGEST]}]",
                "callers: [{name: ann, roles: [read], tokens: [DIGEST]}, {name: ann, roles: [read], tokens: [OTHER]}]",
                "callers: [{name: ann, roles: [read], tokens: [DIGEST]}, {name: bob, roles: [read], tokens: [DIGEST]}]",
                "SECRET: [",
            })
    void refusesWhatItDoesNotUnderstandAndRepeatsNoSecret(String text) throws Exception {
        Files.writeString(
                file(),
                text.replace("DIGEST", digest(OLD))
                        .replace("OTHER", digest(OTHER))
                        .replace("SECRET", NEW));

        assertThatThrownBy(() -> TokensFile.open(file(), clock))
                .isInstanceOf(TokensException.class)
                .hasMessageStartingWith("the tokens file tokens.yaml cannot be used: ")
                .message()
                .doesNotContain(NEW)
                .doesNotContain(folder.toString());
    }

    @Test
    void takesNoMoreThanTwoTokensOfACaller() {
        assertThatThrownBy(() -> open(caller("ann", "read", OLD, NEW, OTHER)))
                .isInstanceOf(TokensException.class)
                .hasMessageContaining("ann has more than two tokens");
    }

    private TokensFile open(String callers) throws IOException, TokensException {
        write(callers);
        return TokensFile.open(file(), clock);
    }

    private void write(String callers) throws IOException {
        Files.writeString(file(), "callers:\n" + callers);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    }

    private Path file() {
        return folder.resolve("tokens.yaml");
    }

    private static String caller(String name, String roles, String... tokens) {
        StringBuilder text = new StringBuilder("- name: %s\n  roles: [%s]\n  tokens:\n".formatted(name, roles));
        for (String token : tokens) {
            text.append("  - ").append(digest(token)).append('\n');
        }
        return text.toString();
    }

    private static String digest(String token) {
        return Digest.of(token.getBytes(StandardCharsets.UTF_8)).value();
    }
}
