package dev.plumbline.webhooks.forge;

import dev.plumbline.webhooks.Forge;
import dev.plumbline.webhooks.ForgeEvent;
import dev.plumbline.webhooks.Headers;
import dev.plumbline.webhooks.RefusedDelivery;
import dev.plumbline.webhooks.Secrets;
import dev.plumbline.webhooks.proof.BodyCheck;
import dev.plumbline.webhooks.proof.StandardSignature;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * GitLab: a signing token (Standard Webhooks), or the older plain token, which travels with each delivery and covers no
 * body. Where a signing token is configured, the plain one is refused.
 */
public record GitLabHook() implements ForgeHook {
    private static final int LARGEST_BODY = 1024 * 1024;

    private static final String TOKEN = "X-Gitlab-Token";

    @Override
    public Forge forge() {
        return Forge.GITLAB;
    }

    @Override
    public int largestBody() {
        return LARGEST_BODY;
    }

    @Override
    public BodyCheck authenticate(Secrets secrets, Headers headers, Instant now) throws RefusedDelivery {
        if (secrets.signing()) {
            return StandardSignature.check(secrets, headers, now);
        }
        Optional<String> token = headers.one(TOKEN);
        if (token.isEmpty() || token.get().isBlank()) {
            throw RefusedDelivery.unauthentic(
                    "the delivery carries no token: the header " + TOKEN + " is "
                            + (token.isEmpty() ? "missing" : "empty"),
                    "give the webhook a token at the forge, best a signing token");
        }
        if (!secrets.isOne(token.get())) {
            throw RefusedDelivery.unauthentic("the token in the header " + TOKEN + " is another one");
        }
        return new BodyCheck.Unsigned();
    }

    @Override
    public Optional<String> delivery(Headers headers) throws RefusedDelivery {
        Optional<String> signed = headers.one(StandardSignature.ID);
        if (signed.isPresent()) {
            return signed;
        }
        Optional<String> key = headers.one("Idempotency-Key");
        return key.isPresent() ? key : headers.one("X-Gitlab-Event-UUID");
    }

    @Override
    public ForgeEvent read(Headers headers, InputStream body) throws RefusedDelivery {
        return headers.one("X-Gitlab-Event").orElse("").equals("Push Hook")
                ? PushPayload.GITLAB.read(body)
                : new ForgeEvent.Other();
    }
}
