package dev.plumbline.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one or two secrets that a forge may use now: two while they are exchanged. A secret that begins with {@code whsec_}
 * is a signing token of the Standard Webhooks form, the key in Base64; any other one is taken as its bytes. Immutable.
 */
public final class Secrets {
    private static final String SIGNING = "whsec_";
    private static final String HMAC = "HmacSHA256";
    private static final int MOST = 2;
    private static final int SHORTEST = 16;

    private final List<Secret> live;

    private Secrets(List<Secret> live) {
        this.live = List.copyOf(live);
    }

    /**
     * Reads the content of a secret file: a secret a line.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong, and never the secret
     */
    public static Secrets parse(String content) {
        List<Secret> live = content.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(Secrets::secret)
                .toList();
        if (live.isEmpty() || live.size() > MOST) {
            throw new IllegalArgumentException("holds " + live.size() + " secrets: write one a line, at most two");
        }
        return new Secrets(live);
    }

    private static Secret secret(String text) {
        boolean signing = text.startsWith(SIGNING);
        byte[] key = signing ? decoded(text.substring(SIGNING.length())) : text.getBytes(StandardCharsets.UTF_8);
        if (key.length < SHORTEST) {
            throw new IllegalArgumentException(
                    "holds a secret of fewer than " + SHORTEST + " bytes: generate a longer one");
        }
        return new Secret(key, signing);
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException broken) {
            // The cause would repeat a part of the secret.
            throw new IllegalArgumentException("holds a signing token that is not Base64 after " + SIGNING);
        }
    }

    /** Whether one of them is a signing token. */
    public boolean signing() {
        return live.stream().anyMatch(Secret::signing);
    }

    /** A fresh HMAC-SHA256 for each secret. */
    public List<Mac> macs() {
        List<Mac> macs = new ArrayList<>();
        for (Secret secret : live) {
            macs.add(secret.mac());
        }
        return macs;
    }

    /**
     * Whether this is one of them, in a time that tells neither how much of it is right nor how long they are: digests of
     * one length are compared, and all of them.
     */
    public boolean isOne(String token) {
        byte[] claimed = sha256(token.getBytes(StandardCharsets.UTF_8));
        boolean found = false;
        for (Secret secret : live) {
            found |= MessageDigest.isEqual(sha256(secret.key()), claimed);
        }
        return found;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return live.size() + " secrets";
    }

    private static final class Secret {
        private final byte[] key;
        private final boolean signing;

        Secret(byte[] key, boolean signing) {
            this.key = key;
            this.signing = signing;
        }

        byte[] key() {
            return key;
        }

        boolean signing() {
            return signing;
        }

        Mac mac() {
            try {
                Mac mac = Mac.getInstance(HMAC);
                mac.init(new SecretKeySpec(key, HMAC));
                return mac;
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("every Java platform has " + HMAC, impossible);
            }
        }
    }
}
