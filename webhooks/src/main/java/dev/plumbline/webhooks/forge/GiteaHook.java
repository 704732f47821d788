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

/**
 * Gitea and Forgejo: {@code X-Gitea-Signature} over the raw body, in bare hexadecimal. Without a secret they send the
 * header too, empty. Forgejo sends it under both names.
 */
public record GiteaHook() implements ForgeHook {
    private static final int LARGEST_BODY = 1024 * 1024;

    private static final String GITEA = "X-Gitea-";
    private static final String FORGEJO = "X-Forgejo-";

    @Override
    public Forge forge() {
        return Forge.GITEA;
    }

    @Override
    public int largestBody() {
        return LARGEST_BODY;
    }

    @Override
    public BodyCheck authenticate(Secrets secrets, Headers headers, Instant now) throws RefusedDelivery {
        return HexSignature.check(secrets, GITEA + "Signature", either(headers, "Signature"), "");
    }

    @Override
    public Optional<String> delivery(Headers headers) throws RefusedDelivery {
        return either(headers, "Delivery");
    }

    @Override
    public ForgeEvent read(Headers headers, InputStream body) throws RefusedDelivery {
        return either(headers, "Event").orElse("").equals("push")
                ? PushPayload.GITEA.read(body)
                : new ForgeEvent.Other();
    }

    private static Optional<String> either(Headers headers, String name) throws RefusedDelivery {
        Optional<String> gitea = headers.one(GITEA + name);
        return gitea.isPresent() ? gitea : headers.one(FORGEJO + name);
    }
}
