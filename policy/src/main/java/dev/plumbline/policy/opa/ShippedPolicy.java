package dev.plumbline.policy.opa;

import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/** The policy that comes with this project. Stateless. */
final class ShippedPolicy {
    private static final String FOLDER = "/dev/plumbline/policy/";

    private ShippedPolicy() {}

    /** What it is called by, whoever evaluates it: the digest of its Wasm. */
    static Digest digest() {
        return Digest.of(wasm());
    }

    /** As OPA compiled it. */
    static byte[] wasm() {
        return resource(FOLDER + "policy.wasm");
    }

    /**
     * The Rego that the Wasm was made of, by its path.
     *
     * @throws IllegalStateException when the build left out a file, or took another one
     */
    static SortedMap<String, byte[]> sources() {
        SortedMap<String, byte[]> sources = new TreeMap<>();
        String record = new String(resource(FOLDER + "policy.digest"), StandardCharsets.UTF_8);
        record.lines()
                .map(line -> line.split(" "))
                .filter(line -> line[0].equals("rego"))
                .forEach(line -> {
                    byte[] source = resource(FOLDER + "rego/" + line[2]);
                    if (!Digest.of(source).value().equals(line[1])) {
                        throw new IllegalStateException("the build took another source of the policy: " + line[2]);
                    }
                    sources.put(line[2], source);
                });
        return sources;
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
