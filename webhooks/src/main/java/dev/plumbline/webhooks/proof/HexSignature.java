package dev.plumbline.webhooks.proof;

import dev.plumbline.webhooks.RefusedDelivery;
import dev.plumbline.webhooks.Secrets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A header that holds an HMAC-SHA256 of the body in hexadecimal. */
public final class HexSignature {
    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");

    private HexSignature() {}

    /** The check of a body that this header signs. */
    public static BodyCheck check(Secrets secrets, String header, Optional<String> value, String prefix)
            throws RefusedDelivery {
        if (value.isEmpty() || value.get().isBlank()) {
            throw RefusedDelivery.unauthentic(
                    "the delivery is not signed: the header " + header + " is "
                            + (value.isEmpty() ? "missing" : "empty"),
                    "give the webhook a secret at the forge");
        }
        if (!value.get().startsWith(prefix)) {
            throw RefusedDelivery.unauthentic(
                    "the header " + header + " does not begin with " + prefix + ": no other algorithm is accepted");
        }
        String digits = value.get().substring(prefix.length());
        if (!DIGITS.matcher(digits).matches()) {
            throw RefusedDelivery.unauthentic("the header " + header + " holds no HMAC-SHA256 of 64 digits");
        }
        return new HmacCheck(secrets, List.of(HexFormat.of().parseHex(digits)), new byte[0]);
    }
}
