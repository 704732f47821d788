package dev.plumbline.policy.opa;

import dev.plumbline.policy.PolicyBundle;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the bundle that an OPA server takes: the Rego of the policy, a manifest with the policy's digest as the revision, and
 * a signature over all of it. Stateless.
 */
public final class SignedBundle {
    private static final String MANIFEST = ".manifest";
    private static final String SIGNATURES = ".signatures.json";
    private static final String ROOT = "plumbline";

    private SignedBundle() {}

    /**
     * The policy that comes with this project, signed with the key in this file.
     *
     * @throws IOException when the key cannot be used; the message is for people
     */
    public static PolicyBundle shipped(Path key) throws IOException {
        return of(ShippedPolicy.digest(), ShippedPolicy.sources(), BundleKey.read(key));
    }

    static PolicyBundle of(Digest policy, Map<String, byte[]> sources, BundleKey key) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>(sources);
        // OPA takes the digest of what a manifest says, and canonical bytes are that.
        files.put(MANIFEST, Json.canonical(manifest(policy)));
        files.put(SIGNATURES, Json.canonical(signatures(files, key)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Tarball tarball = new Tarball(new GZIPOutputStream(bytes))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                tarball.add(file.getKey(), file.getValue());
            }
        }
        return new PolicyBundle(policy, bytes.toByteArray());
    }

    private static ObjectNode manifest(Digest policy) {
        ObjectNode manifest = Json.object().put("revision", policy.value()).put("rego_version", 1);
        manifest.putArray("roots").add(ROOT);
        return manifest;
    }

    private static ObjectNode signatures(SortedMap<String, byte[]> files, BundleKey key) {
        ObjectNode claim = Json.object().put("keyid", BundleKey.ID);
        ArrayNode list = claim.putArray("files");
        files.forEach((name, bytes) -> list.addObject()
                .put("name", name)
                .put("hash", Digest.of(bytes).hex())
                .put("algorithm", "SHA-256"));
        ObjectNode signatures = Json.object();
        signatures.putArray("signatures").add(key.token(claim));
        return signatures;
    }
}
