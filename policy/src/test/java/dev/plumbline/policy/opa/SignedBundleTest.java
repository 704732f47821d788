package dev.plumbline.policy.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.policy.PolicyBundle;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SignedBundleTest {
    @TempDir
    private Path folder;

    @Test
    void holdsThePolicyUnderItsDigestAndSignsAllOfIt() throws Exception {
        KeyPair pair = BundleKeys.curve("secp256r1");

        PolicyBundle bundle = SignedBundle.shipped(BundleKeys.write(folder.resolve("key.pem"), pair));

        Map<String, byte[]> files = TarballReader.of(bundle.bytes());
        assertThat(bundle.policy()).isEqualTo(OpaModule.shipped().digest());
        assertThat(Json.read(file(files, ".manifest")).path("revision").stringValue())
                .isEqualTo(bundle.policy().value());
        assertSigned(files, pair, "ES256", "SHA256withECDSAinP1363Format");
        assertThat(bundle.digest()).isEqualTo(Digest.of(bundle.bytes()));
    }

    @Test
    void signsWithAnRsaKeyToo() throws Exception {
        KeyPair pair = BundleKeys.rsa(2048);

        PolicyBundle bundle = SignedBundle.shipped(BundleKeys.write(folder.resolve("key.pem"), pair));

        assertSigned(TarballReader.of(bundle.bytes()), pair, "RS256", "SHA256withRSA");
    }

    @Test
    void aKeyThatCannotSignIsToldWithoutWhatIsInTheFile() throws IOException {
        String secret = "canary-in-a-file-that-is-no-key";
        Path text = Files.writeString(folder.resolve("text.pem"), secret);
        Path broken = Files.writeString(
                folder.resolve("broken.pem"), "-----BEGIN PRIVATE KEY-----\n" + secret + "\n-----END PRIVATE KEY-----");
        Path weak = BundleKeys.write(folder.resolve("weak.pem"), BundleKeys.rsa(1024));
        Path other = BundleKeys.write(folder.resolve("other.pem"), BundleKeys.curve("secp384r1"));

        for (Path each : new Path[] {text, broken, weak, other, folder.resolve("none.pem")}) {
            assertThatThrownBy(() -> SignedBundle.shipped(each))
                    .isInstanceOf(IOException.class)
                    .hasNoCause()
                    .hasMessageStartingWith("the key " + each.getFileName())
                    .hasMessageNotContaining("canary");
        }
    }

    private static void assertSigned(Map<String, byte[]> files, KeyPair pair, String algorithm, String signature)
            throws GeneralSecurityException {
        String token =
                Json.read(file(files, ".signatures.json")).at("/signatures/0").stringValue();
        String[] parts = token.split("\\.");
        assertThat(decoded(parts[0]).path("alg").stringValue()).isEqualTo(algorithm);
        Signature verifying = Signature.getInstance(signature);
        verifying.initVerify(pair.getPublic());
        verifying.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(verifying.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        JsonNode listed = decoded(parts[1]).path("files");
        assertThat(listed.valueStream().map(file -> file.path("name").stringValue()))
                .containsExactlyInAnyOrderElementsOf(files.keySet().stream()
                        .filter(name -> !name.equals(".signatures.json"))
                        .toList());
        listed.forEach(file -> assertThat(
                        Digest.of(file(files, file.path("name").stringValue())).hex())
                .isEqualTo(file.path("hash").stringValue()));
    }

    private static byte[] file(Map<String, byte[]> files, String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    private static JsonNode decoded(String part) {
        return Json.read(Base64.getUrlDecoder().decode(part));
    }
}
