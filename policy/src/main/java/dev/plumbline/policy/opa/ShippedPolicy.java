package dev.plumbline.policy.opa;

import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The policy that comes with this project. Stateless. */
final class ShippedPolicy {
    private ShippedPolicy() {}

    /** What it is called by, whoever evaluates it: the digest of its Wasm. */
    static Digest digest() {
        return Digest.of(wasm());
    }

    /** As OPA compiled it. */
    static byte[] wasm() {
        return resource("/dev/plumbline/policy/policy.wasm");
    }

    static byte[] resource(String name) {
        try (InputStream stream = ShippedPolicy.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the build left out the policy: " + name);
            }
            return stream.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the policy: " + name, failure);
        }
    }
}
