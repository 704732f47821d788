package dev.plumbline.policy.opa;

import dev.plumbline.schemas.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The private key that signs bundles: on the curve P-256 (ES256), or of RSA with 2048 bits or more (RS256), as PKCS#8 in
 * PEM. It never shows itself. Thread-safe.
 */
final class BundleKey {
    /** What the key is called in the configuration of an OPA server. */
    static final String ID = "plumbline";

    private static final int LARGEST = 1 << 16;
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final PrivateKey key;
    private final String algorithm;
    private final String signature;

    private BundleKey(PrivateKey key, String algorithm, String signature) {
        this.key = key;
        this.algorithm = algorithm;
        this.signature = signature;
    }

    /**
     * Reads the key of a file.
     *
     * @throws IOException with a message for people that repeats nothing of the file
     */
    static BundleKey read(Path file) throws IOException {
        String text;
        try (InputStream stream = Files.newInputStream(file)) {
            text = new String(stream.readNBytes(LARGEST), StandardCharsets.US_ASCII).strip();
        } catch (IOException unreadable) {
            // The cause would name the whole path.
            throw new IOException("the key " + file.getFileName() + " cannot be read");
        }
        if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
            throw unusable(file);
        }
        try {
            return of(
                    Base64.getMimeDecoder().decode(text.substring(BEGIN.length(), text.length() - END.length())), file);
        } catch (IllegalArgumentException | GeneralSecurityException broken) {
            // Neither cause nor text: both may repeat bytes of the key.
            throw unusable(file);
        }
    }

    private static BundleKey of(byte[] encoded, Path file) throws IOException, GeneralSecurityException {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(encoded);
        PrivateKey key;
        try {
            key = KeyFactory.getInstance("EC").generatePrivate(spec);
        } catch (InvalidKeySpecException anotherType) {
            key = KeyFactory.getInstance("RSA").generatePrivate(spec);
        }
        return switch (key) {
            case ECPrivateKey curve
            when curve.getParams().toString().contains("secp256r1") ->
                new BundleKey(key, "ES256", "SHA256withECDSAinP1363Format");
            case RSAPrivateKey rsa
            when rsa.getModulus().bitLength() >= 2048 -> new BundleKey(key, "RS256", "SHA256withRSA");
            case PrivateKey other -> throw unusable(file);
        };
    }

    private static IOException unusable(Path file) {
        return new IOException(
                "the key " + file.getFileName() + " is no private key on the curve P-256, nor of RSA with"
                        + " 2048 bits, as PKCS#8 in PEM without a passphrase; make one with: openssl genpkey -algorithm EC"
                        + " -pkeyopt ec_paramgen_curve:P-256 -out FILE");
    }

    /** A JSON Web Token (RFC 7515) over this claim. */
    String token(ObjectNode claim) {
        ObjectNode header = Json.object().put("alg", algorithm).put("kid", ID).put("typ", "JWT");
        String signed = part(header) + "." + part(claim);
        try {
            Signature signing = Signature.getInstance(signature);
            signing.initSign(key);
            signing.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signing.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform signs by " + signature, impossible);
        }
    }

    private static String part(JsonNode json) {
        return base64(Json.canonical(json));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
