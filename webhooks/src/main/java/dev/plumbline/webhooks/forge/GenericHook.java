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
 * Whatever else can send a signed request, a script after a push included: Standard Webhooks headers over
 * {@code {"repository": URL, "ref": "refs/heads/…"}}.
 */
public record GenericHook() implements ForgeHook {
    private static final int LARGEST_BODY = 1024 * 1024;

    @Override
    public Forge forge() {
        return Forge.GENERIC;
    }

    @Override
    public int largestBody() {
        return LARGEST_BODY;
    }

    @Override
    public BodyCheck authenticate(Secrets secrets, Headers headers, Instant now) throws RefusedDelivery {
        return StandardSignature.check(secrets, headers, now);
    }

    @Override
    public Optional<String> delivery(Headers headers) throws RefusedDelivery {
        return headers.one(StandardSignature.ID);
    }

    @Override
    public ForgeEvent read(Headers headers, InputStream body) throws RefusedDelivery {
        return PushPayload.GENERIC.read(body);
    }
}
