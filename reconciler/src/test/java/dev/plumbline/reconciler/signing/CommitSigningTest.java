package dev.plumbline.reconciler.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.fixture.SigningKeys;
import dev.plumbline.testkit.MutableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommitSigningTest {
    /** What {@code ssh-keygen -Y sign -n git} of OpenSSH 9.2 made over {@link #COMMIT}. */
    private static final String BY_SSH_KEYGEN = """
            -----BEGIN SSH SIGNATURE-----
            U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgFyOSgq0bTCiKtTuoLzHeLYp8Hu
            nMduvelS22s9mmpz0AAAADZ2l0AAAAAAAAAAZzaGE1MTIAAABTAAAAC3NzaC1lZDI1NTE5
            AAAAQIrXTk8lkt65D0TkzRyWtjcuWn0RIAbwXn9MSqDcvmtoo6DaA9rJpjM2APJk/Npi7J
            ITBHszqoscb1IoBR34FgE=
            -----END SSH SIGNATURE-----
            """;

    private static final String ITS_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBcjkoKtG0woirU7qC8x3i2KfB7pzHbr3pUttrPZpqc9 fixture";
    private static final String ITS_FINGERPRINT = "SHA256:bYH6a+kYbKG6OcpmOu7+K+CGl+R+m+kZSezg35z/Jw0";

    private static final String HEAD = """
            tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904
            author Ada <ada@example.com> 1700000000 +0000
            committer Ada <ada@example.com> 1700000000 +0000
            """;
    private static final String COMMIT = HEAD + "\nA message\n";

    private final MutableClock clock = MutableClock.started();

    @TempDir
    Path folder;

    private Path key;

    @BeforeEach
    void makeAKey() throws Exception {
        key = SigningKeys.write(folder.resolve("key"));
    }

    private CommitSigning signing(String... allowed) throws Exception {
        Path list = Files.write(folder.resolve("allowed"), java.util.List.of(allowed));
        return CommitSigning.with(key, Optional.of(list), clock);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The commit with the signature where Git puts it. */
    private static byte[] with(String signature) {
        return bytes(HEAD + header(signature) + "\nA message\n");
    }

    private static String header(String signature) {
        return "gpgsig " + signature.strip().replace("\n", "\n ") + "\n";
    }

    @Test
    void trustsWhatItSigned() throws Exception {
        CommitSigning signing = signing();

        byte[] signed = with(signing.sign(bytes(COMMIT)).orElseThrow());

        assertThat(signing.distrust(signed)).isEmpty();
    }

    @Test
    void readsWhatSshKeygenSigned() throws Exception {
        assertThat(signing("ada " + ITS_KEY).distrust(with(BY_SSH_KEYGEN))).isEmpty();
    }

    @Test
    void namesAKeyThatNobodyTrusts() throws Exception {
        assertThat(signing().distrust(with(BY_SSH_KEYGEN)))
                .contains("was signed by a key that nobody here trusts (" + ITS_FINGERPRINT + ")");
    }

    @Test
    void distrustsACommitThatNobodySigned() throws Exception {
        assertThat(signing().distrust(bytes(COMMIT))).contains("is not signed");
    }

    @Test
    void distrustsASignatureOverAnotherCommit() throws Exception {
        CommitSigning signing = signing();
        String signature = signing.sign(bytes(COMMIT + "and more")).orElseThrow();

        assertThat(signing.distrust(with(signature))).contains("carries a signature that was not made over it");
    }

    @Test
    void distrustsAKeyInPlaceOfTheOneThatSigned() throws Exception {
        // The signature names the trusted key, and was made by another one.
        byte[] blob = Base64.getMimeDecoder()
                .decode(BY_SSH_KEYGEN
                        .lines()
                        .filter(line -> !line.startsWith("-"))
                        .reduce("", String::concat));
        String own = SshSignature.make(SigningKey.read(key), bytes(COMMIT)).armored();
        byte[] trusted = Base64.getMimeDecoder()
                .decode(own.lines().filter(line -> !line.startsWith("-")).reduce("", String::concat));
        System.arraycopy(trusted, 0, blob, 0, 61);
        String forged = "-----BEGIN SSH SIGNATURE-----\n" + Base64.getEncoder().encodeToString(blob)
                + "\n-----END SSH SIGNATURE-----\n";

        assertThat(signing().distrust(with(forged))).contains("carries a signature that was not made over it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not armored", "-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----"})
    void distrustsASignatureOfAnotherKind(String signature) throws Exception {
        assertThat(signing().distrust(with(signature)))
                .hasValueSatisfying(why -> assertThat(why).startsWith("carries a signature that cannot be checked"));
    }

    @Test
    void distrustsAnotherNamespace() throws Exception {
        String forOther = SshSignature.make(SigningKey.read(key), bytes(COMMIT)).armored();
        byte[] blob = Base64.getMimeDecoder()
                .decode(forOther.lines().filter(line -> !line.startsWith("-")).reduce("", String::concat));
        String text = new String(blob, StandardCharsets.ISO_8859_1).replaceFirst("git", "got");
        String other = "-----BEGIN SSH SIGNATURE-----\n"
                + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1))
                + "\n-----END SSH SIGNATURE-----\n";

        assertThat(signing().distrust(with(other))).isPresent();
    }

    @Test
    void distrustsACommitThatTwoReadersCouldUnderstandDifferently() throws Exception {
        CommitSigning signing = signing();
        String signature = header(signing.sign(bytes(COMMIT)).orElseThrow());
        String author = "author Eve <eve@example.com> 1700000000 +0000\n";

        for (String odd : new String[] {
            HEAD + signature + signature + "\nA message\n",
            HEAD + author + signature + "\nA message\n",
            author + HEAD + signature + "\nA message\n",
            HEAD + "encoding UTF-8\0\n" + signature + "\nA message\n",
            HEAD.replaceFirst("author.*\n", "") + signature + "\nA message\n",
            HEAD + signature + "parent 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n\nA message\n",
        }) {
            assertThat(signing.distrust(bytes(odd)))
                    .as(odd)
                    .hasValueSatisfying(why -> assertThat(why).startsWith("carries a signature that cannot be"));
        }
    }

    @Test
    void keepsAnyOtherHeaderInWhatIsSigned() throws Exception {
        CommitSigning signing = signing();
        String commit = HEAD + "encoding ISO-8859-1\nmergetag object 1\n type commit\n\nA message\n\n gpgsig in it\n";
        String signature = signing.sign(bytes(commit)).orElseThrow();

        assertThat(signing.distrust(
                        bytes(commit.replaceFirst("encoding", header(signature).replace("\n", "\n") + "encoding"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                                                | true",
                "namespaces=\"git\"                               | true",
                "namespaces=\"file,git\"                          | true",
                "namespaces=\"file\"                              | false",
                "namespaces=\"!git,*\"                            | false",
                "valid-after=\"20000101\"                         | true",
                "valid-after=\"29990101Z\"                        | false",
                "valid-before=\"200001010000Z\"                   | false",
                "valid-after=\"20000101\",valid-before=\"29990101120000Z\" | true",
                "cert-authority                                   | false"
            })
    void trustsAKeyAsItsLineAllows(String options, boolean trusted) throws Exception {
        String line = "ada@example.com " + (options == null ? "" : options + " ") + ITS_KEY;

        assertThat(signing("# people", "", "bob ssh-rsa AAAAB3NzaC1yc2E= old", line)
                        .distrust(with(BY_SSH_KEYGEN))
                        .isEmpty())
                .isEqualTo(trusted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "ada ssh-ed25519 AAAA", "ada valid-after=\"tomorrow\" KEY", "ada no-such=\"1\" KEY"})
    void refusesAListThatItCannotRead(String line) {
        assertThatThrownBy(() -> signing("# first", line.replace("KEY", ITS_KEY)))
                .isInstanceOf(SigningException.class)
                .hasMessageContaining("git.allowedSignersFile")
                .hasMessageContaining("line 2");
    }

    @Test
    void readsItsFilesAnewSoThatKeysCanBeExchanged() throws Exception {
        Path list = Files.writeString(folder.resolve("allowed"), "");
        CommitSigning signing = CommitSigning.with(key, Optional.of(list), clock);
        byte[] old = with(signing.sign(bytes(COMMIT)).orElseThrow());

        Files.writeString(list, SigningKeys.allowed("plumbline", "", key));
        SigningKeys.write(key);

        assertThat(signing.distrust(old)).isEmpty();
        assertThat(signing.distrust(with(signing.sign(bytes(COMMIT)).orElseThrow())))
                .isEmpty();
        Files.writeString(list, "");
        assertThat(signing.distrust(old)).isPresent();
    }

    @Test
    void saysWhyAKeyCannotBeUsedAndNeitherItsNameNorItsBytes() throws Exception {
        String sound = Files.readString(key);
        for (String broken : new String[] {
            "s3cr3t-canary",
            sound.substring(0, sound.length() / 2),
            sound.replaceFirst("b3BlbnNzaC1rZXk", "b3BlbnNzaC1rZXq"),
            "-----BEGIN OPENSSH PRIVATE KEY-----\nczNjcjN0\n-----END OPENSSH PRIVATE KEY-----"
        }) {
            Path file = Files.writeString(folder.resolve("s3cr3t"), broken);
            assertThatThrownBy(() -> CommitSigning.with(file, Optional.empty(), clock))
                    .isInstanceOf(SigningException.class)
                    .hasMessageContaining("git.signingKeyFile")
                    .hasMessageNotContaining("s3cr3t")
                    .hasNoCause();
        }
        assertThatThrownBy(() -> CommitSigning.with(folder.resolve("gone"), Optional.empty(), clock))
                .hasMessageContaining("it cannot be read")
                .hasMessageNotContaining("gone");
        assertThat(SigningKey.read(key).toString()).startsWith("SHA256:");
    }

    @Test
    void withoutAKeyItSignsNothingAndDistrustsNothing() throws Exception {
        CommitSigning none = CommitSigning.none();

        assertThat(none.signs()).isFalse();
        assertThat(none.sign(bytes(COMMIT))).isEmpty();
        assertThat(none.distrust(bytes(COMMIT))).isEmpty();
    }
}
