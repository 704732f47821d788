package dev.plumbline.webhooks.proof;

import dev.plumbline.webhooks.Secrets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;

/** HMAC-SHA256 (RFC 2104) of the body under each live secret, compared with what the sender claims. */
public final class HmacCheck implements BodyCheck {
    private final List<Mac> macs;
    private final List<byte[]> claimed;

    /**
     * Expects one of these signatures.
     *
     * @param prefix what is signed before the body
     */
    HmacCheck(Secrets secrets, List<byte[]> claimed, byte[] prefix) {
        this.macs = secrets.macs();
        this.claimed = List.copyOf(claimed);
        take(prefix);
    }

    @Override
    public void take(byte[] part) {
        macs.forEach(mac -> mac.update(part));
    }

    @Override
    public Optional<Proof> end() {
        Optional<Proof> proof = Optional.empty();
        for (Mac mac : macs) {
            byte[] expected = mac.doFinal();
            for (byte[] each : claimed) {
                // Every pair is compared, and each in constant time: how long it takes tells nothing.
                if (MessageDigest.isEqual(expected, each)) {
                    proof = Optional.of(new Proof(Optional.of(HexFormat.of().formatHex(expected))));
                }
            }
        }
        return proof;
    }
}
