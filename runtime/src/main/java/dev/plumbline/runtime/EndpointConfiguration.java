package dev.plumbline.runtime;

import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.VersionName;
import java.time.Duration;
import java.util.Optional;

/**
 * What one endpoint should serve.
 *
 * @param stable the version that answers; empty: the endpoint answers 404 with {@code reason}
 * @param reason why there is no version, for clients
 * @param window length of the window that is watched; empty: nothing but counters is kept
 */
public record EndpointConfiguration(
        String serving,
        Optional<ServedVersion> stable,
        String reason,
        ServingSpec.Limits limits,
        Optional<Duration> window) {
    /** A version and the digest of its artifact. */
    public record ServedVersion(VersionName version, Digest digest) {}
}
