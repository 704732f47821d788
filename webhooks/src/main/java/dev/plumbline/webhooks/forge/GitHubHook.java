package dev.plumbline.webhooks.forge;

import dev.plumbline.webhooks.Forge;
import dev.plumbline.webhooks.ForgeEvent;
import dev.plumbline.webhooks.Headers;
import dev.plumbline.webhooks.RefusedDelivery;
import dev.plumbline.webhooks.Secrets;
import dev.plumbline.webhooks.proof.BodyCheck;
import dev.plumbline.webhooks.proof.HexSignature;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/** GitHub: {@code X-Hub-Signature-256} over the raw body. Its older SHA-1 signature is never looked at. */
public record GitHubHook() implements ForgeHook {
    /** GitHub sends nothing that is larger. */
    private static final int LARGEST_BODY = 25 * 1024 * 1024;

    private static final String SIGNATURE = "X-Hub-Signature-256";

    @Override
    public Forge forge() {
        return Forge.GITHUB;
    }

    @Override
    public int largestBody() {
        return LARGEST_BODY;
    }

    @Override
    public BodyCheck authenticate(Secrets secrets, Headers headers, Instant now) throws RefusedDelivery {
        if (!headers.has(SIGNATURE) && headers.has("X-Hub-Signature")) {
            throw RefusedDelivery.unauthentic(
                    "the delivery is signed with SHA-1 only, which is not accepted",
                    "send " + SIGNATURE + ", as GitHub does for every webhook with a secret");
        }
        return HexSignature.check(secrets, SIGNATURE, headers.one(SIGNATURE), "sha256=");
    }

    @Override
    public Optional<String> delivery(Headers headers) throws RefusedDelivery {
        return headers.one("X-GitHub-Delivery");
    }

    @Override
    public ForgeEvent read(Headers headers, InputStream body) throws RefusedDelivery {
        return switch (headers.one("X-GitHub-Event").orElse("")) {
            case "push" -> PushPayload.GITHUB.read(body);
            case "ping" -> new ForgeEvent.Ping();
            default -> new ForgeEvent.Other();
        };
    }
}
