package dev.plumbline.reconciler.signing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** A signature in the form of OpenSSH's PROTOCOL.sshsig, in the namespace {@code git}. */
final class SshSignature {
    private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final String NAMESPACE = "git";
    private static final String HASH = "sha512";
    private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
    private static final String END = "-----END SSH SIGNATURE-----";
    private static final int LINE = 70;

    private final PublicKey key;
    private final String hash;
    private final byte[] signature;

    private SshSignature(PublicKey key, String hash, byte[] signature) {
        this.key = key;
        this.hash = hash;
        this.signature = signature;
    }

    static SshSignature make(SigningKey key, byte[] message) {
        return new SshSignature(key.publicKey(), HASH, key.sign(signed(HASH, message)));
    }

    /** Who says to have signed. */
    PublicKey key() {
        return key;
    }

    /** Whether the key that it names made it, over this message. */
    boolean covers(byte[] message) {
        return key.signed(signed(hash, message), signature);
    }

    /** What is signed: not the message, but its hash in an envelope of its own. */
    private static byte[] signed(String hash, byte[] message) {
        return new WireWriter()
                .plain(MAGIC)
                .string(NAMESPACE)
                .string("")
                .string(hash)
                .string(hashed(hash, message))
                .written();
    }

    private static byte[] hashed(String hash, byte[] message) {
        try {
            return MessageDigest.getInstance(hash.equals(HASH) ? "SHA-512" : "SHA-256")
                    .digest(message);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every platform has SHA-2", impossible);
        }
    }

    String armored() {
        byte[] blob = new WireWriter()
                .plain(MAGIC)
                .number(VERSION)
                .string(key.blob())
                .string(NAMESPACE)
                .string("")
                .string(hash)
                .string(new WireWriter()
                        .string(PublicKey.TYPE)
                        .string(signature)
                        .written())
                .written();
        return BEGIN + "\n" + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(blob) + "\n" + END + "\n";
    }

    static SshSignature read(String armored) throws WireReader.Malformed {
        String plain = armored.strip();
        if (!plain.startsWith(BEGIN) || !plain.endsWith(END)) {
            throw new WireReader.Malformed("it is no signature by an SSH key");
        }
        WireReader reader = new WireReader(bytes(plain.substring(BEGIN.length(), plain.length() - END.length())));
        if (!Arrays.equals(reader.take(MAGIC.length), MAGIC) || reader.number() != VERSION) {
            throw new WireReader.Malformed("it is of another version");
        }
        PublicKey key = PublicKey.read(reader.string());
        reader.expect(NAMESPACE);
        reader.string();
        String hash = reader.text();
        if (!hash.equals(HASH) && !hash.equals("sha256")) {
            throw new WireReader.Malformed("it is over another hash than SHA-256 or SHA-512");
        }
        WireReader signature = new WireReader(reader.string());
        reader.end();
        signature.expect(PublicKey.TYPE);
        byte[] made = signature.string();
        signature.end();
        return new SshSignature(key, hash, made);
    }

    private static byte[] bytes(String base64) throws WireReader.Malformed {
        try {
            return Base64.getDecoder().decode(base64.replaceAll("[\r\n]", ""));
        } catch (IllegalArgumentException broken) {
            throw new WireReader.Malformed("it is not Base64");
        }
    }
}
