package dev.plumbline.webhooks.proof;

import dev.plumbline.webhooks.Headers;
import dev.plumbline.webhooks.RefusedDelivery;
import dev.plumbline.webhooks.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The headers {@code webhook-id}, {@code webhook-timestamp} and {@code webhook-signature} of the Standard Webhooks
 * specification: HMAC-SHA256 over {@code id.timestamp.body} in Base64, after {@code v1,}. GitLab's signing tokens use it.
 */
public final class StandardSignature {
    public static final String ID = "webhook-id";

    private static final String TIMESTAMP = "webhook-timestamp";
    private static final String SIGNATURE = "webhook-signature";
    private static final String VERSION = "v1,";
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int MOST_SIGNATURES = 4;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{43}=");

    private StandardSignature() {}

    /** The check of a body that these headers sign. */
    public static BodyCheck check(Secrets secrets, Headers headers, Instant now) throws RefusedDelivery {
        List<byte[]> signatures = signatures(required(headers, SIGNATURE));
        String id = required(headers, ID);
        String timestamp = required(headers, TIMESTAMP);
        requireRecent(timestamp, now);
        return new HmacCheck(secrets, signatures, (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
    }

    /** The headers that sign a body which is sent now, under every live secret. */
    public static Map<String, String> headers(Secrets secrets, String id, Instant now, byte[] body) {
        String timestamp = Long.toString(now.getEpochSecond());
        byte[] prefix = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        String signatures = secrets.macs().stream()
                .map(mac -> {
                    mac.update(prefix);
                    return VERSION + Base64.getEncoder().encodeToString(mac.doFinal(body));
                })
                .collect(Collectors.joining(" "));
        return Map.of(ID, id, TIMESTAMP, timestamp, SIGNATURE, signatures);
    }

    private static String required(Headers headers, String name) throws RefusedDelivery {
        Optional<String> value = headers.one(name);
        if (value.isEmpty() || value.get().isBlank()) {
            throw RefusedDelivery.unauthentic(
                    "the delivery is not signed: the header " + name + " is " + (value.isEmpty() ? "missing" : "empty"),
                    "give the webhook a signing token at the forge");
        }
        return value.get();
    }

    /** Signatures of other versions may stand beside ours; they prove nothing here. */
    private static List<byte[]> signatures(String header) throws RefusedDelivery {
        List<byte[]> signatures = new ArrayList<>();
        for (String each : header.split(" ", MOST_SIGNATURES + 1)) {
            if (each.startsWith(VERSION)
                    && BASE64.matcher(each.substring(VERSION.length())).matches()
                    && signatures.size() < MOST_SIGNATURES) {
                signatures.add(Base64.getDecoder().decode(each.substring(VERSION.length())));
            }
        }
        if (signatures.isEmpty()) {
            throw RefusedDelivery.unauthentic("the header " + SIGNATURE + " holds no HMAC-SHA256 after " + VERSION);
        }
        return signatures;
    }

    private static void requireRecent(String timestamp, Instant now) throws RefusedDelivery {
        if (!SECONDS.matcher(timestamp).matches()) {
            throw RefusedDelivery.unauthentic("the header " + TIMESTAMP + " is not a number of seconds");
        }
        Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
        if (Duration.between(sent, now).abs().compareTo(WINDOW) > 0) {
            throw RefusedDelivery.unauthentic(
                    "the delivery was signed more than five minutes from now",
                    "compare the clocks of the forge and of this machine");
        }
    }
}
