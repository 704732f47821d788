package dev.plumbline.reconciler.signing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A private Ed25519 key as {@code ssh-keygen -t ed25519 -N ''} writes it. It never shows itself. Thread-safe. */
final class SigningKey {
    private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final String END = "-----END OPENSSH PRIVATE KEY-----";
    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final int SEED_BYTES = 32;
    private static final long LARGEST = 1 << 16;

    /** What stands before the seed in the form that the platform reads (RFC 8410). */
    private static final byte[] ENCODED_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private final PublicKey publicKey;
    private final PrivateKey privateKey;

    private SigningKey(PublicKey publicKey, PrivateKey privateKey) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    /**
     * Reads the key of a file.
     *
     * @throws SigningException without the file's name, in place of which people put secrets by mistake
     */
    static SigningKey read(Path file) throws SigningException {
        try {
            if (Files.size(file) > LARGEST) {
                throw unusable("it is no key of OpenSSH");
            }
            return parse(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IOException unreadable) {
            // The cause would name the file.
            throw unusable("it cannot be read");
        }
    }

    private static SigningKey parse(String text) throws SigningException {
        String plain = text.strip();
        if (!plain.startsWith(BEGIN) || !plain.endsWith(END)) {
            throw unusable("it is no private key of OpenSSH (make one with: ssh-keygen -t ed25519 -N '' -f FILE)");
        }
        try {
            return read(Base64.getMimeDecoder().decode(plain.substring(BEGIN.length(), plain.length() - END.length())));
        } catch (IllegalArgumentException | GeneralSecurityException | WireReader.Malformed broken) {
            // Neither cause nor text: both may repeat bytes of the key.
            throw unusable("it is damaged, or of another type than " + PublicKey.TYPE);
        }
    }

    private static SigningKey read(byte[] bytes)
            throws SigningException, GeneralSecurityException, WireReader.Malformed {
        WireReader reader = new WireReader(bytes);
        if (!Arrays.equals(reader.take(MAGIC.length), MAGIC)) {
            throw new WireReader.Malformed("it does not begin as a key");
        }
        if (!reader.text().equals("none")) {
            throw unusable("it asks for a passphrase, and nobody is there to give it");
        }
        reader.expect("none");
        reader.string();
        if (reader.number() != 1) {
            throw new WireReader.Malformed("it holds several keys");
        }
        PublicKey announced = PublicKey.read(reader.string());
        WireReader secret = new WireReader(reader.string());
        int check = secret.number();
        if (check != secret.number()) {
            throw new WireReader.Malformed("its two check numbers differ");
        }
        secret.expect(PublicKey.TYPE);
        PublicKey own = PublicKey.of(secret.string());
        byte[] seed = Arrays.copyOf(secret.string(), SEED_BYTES);
        PrivateKey key = KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(
                        new WireWriter().plain(ENCODED_PREFIX).plain(seed).written()));
        SigningKey read = new SigningKey(own, key);
        byte[] probe = "plumbline".getBytes(StandardCharsets.US_ASCII);
        if (!own.equals(announced) || !own.signed(probe, read.sign(probe))) {
            throw new WireReader.Malformed("its halves do not belong together");
        }
        return read;
    }

    private static SigningException unusable(String why) {
        return new SigningException("The file that git.signingKeyFile names cannot be used: " + why + ".");
    }

    PublicKey publicKey() {
        return publicKey;
    }

    byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the platform took the key before", impossible);
        }
    }

    @Override
    public String toString() {
        return publicKey.fingerprint();
    }
}
