package dev.plumbline.reconciler.signing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The public half of an Ed25519 key (RFC 8709).
 *
 * @param point its 32 bytes in hexadecimal
 */
record PublicKey(String point) {
    static final String TYPE = "ssh-ed25519";
    private static final int BYTES = 32;

    /** What stands before the 32 bytes in the form that the platform reads (RFC 8410). */
    private static final byte[] ENCODED_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    static PublicKey of(byte[] point) throws WireReader.Malformed {
        if (point.length != BYTES) {
            throw new WireReader.Malformed("its key has not 32 bytes");
        }
        return new PublicKey(HexFormat.of().formatHex(point));
    }

    /** Reads the form in which SSH writes a key; every other type of key is malformed here. */
    static PublicKey read(byte[] blob) throws WireReader.Malformed {
        WireReader reader = new WireReader(blob);
        String type = reader.text();
        if (!type.equals(TYPE)) {
            throw new WireReader.Malformed(
                    "its key is " + type.replaceAll("[^A-Za-z0-9@.-]", "?") + ", and only " + TYPE + " is read here");
        }
        PublicKey key = of(reader.string());
        reader.end();
        return key;
    }

    byte[] blob() {
        return new WireWriter()
                .string(TYPE)
                .string(HexFormat.of().parseHex(point))
                .written();
    }

    /** As {@code ssh-keygen -l} prints it. */
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob());
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every platform has SHA-256", impossible);
        }
    }

    /** Whether this key signed the message; a signature that cannot be read did not. */
    boolean signed(byte[] message, byte[] signature) {
        try {
            byte[] encoded = new WireWriter()
                    .plain(ENCODED_PREFIX)
                    .plain(HexFormat.of().parseHex(point))
                    .written();
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException unreadable) {
            return false;
        }
    }
}
