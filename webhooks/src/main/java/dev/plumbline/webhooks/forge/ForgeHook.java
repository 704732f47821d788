package dev.plumbline.webhooks.forge;

import dev.plumbline.webhooks.Forge;
import dev.plumbline.webhooks.ForgeEvent;
import dev.plumbline.webhooks.Headers;
import dev.plumbline.webhooks.RefusedDelivery;
import dev.plumbline.webhooks.Secrets;
import dev.plumbline.webhooks.proof.BodyCheck;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/** How one forge delivers. Thread-safe. */
public sealed interface ForgeHook permits GitHubHook, GitLabHook, GiteaHook, GenericHook {
    /** Which one. */
    Forge forge();

    /** The largest body that is taken, in bytes. */
    int largestBody();

    /**
     * Looks at the headers, and says how the body is to be judged.
     *
     * @throws RefusedDelivery when no body could make the delivery authentic
     */
    BodyCheck authenticate(Secrets secrets, Headers headers, Instant now) throws RefusedDelivery;

    /** What the forge calls this delivery; the same when it sends it again. */
    Optional<String> delivery(Headers headers) throws RefusedDelivery;

    /**
     * Reads a body that was found authentic.
     *
     * @throws RefusedDelivery when it is not what this forge sends
     */
    ForgeEvent read(Headers headers, InputStream body) throws RefusedDelivery;
}
