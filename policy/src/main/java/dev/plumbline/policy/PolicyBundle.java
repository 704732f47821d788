package dev.plumbline.policy;

import dev.plumbline.schemas.model.Digest;

/**
 * A policy in the form that an engine elsewhere takes: a signed bundle of OPA. Immutable.
 */
public final class PolicyBundle {
    private final Digest policy;
    private final byte[] bytes;
    private final Digest digest;

    /**
     * A bundle.
     *
     * @param policy the digest of the rules in it, which it calls its revision
     * @param bytes a tarball, compressed
     */
    public PolicyBundle(Digest policy, byte[] bytes) {
        this.policy = policy;
        this.bytes = bytes.clone();
        this.digest = Digest.of(bytes);
    }

    /** The digest of the rules in it. */
    public Digest policy() {
        return policy;
    }

    /** The digest of its bytes, which differ each time that it is signed. */
    public Digest digest() {
        return digest;
    }

    /** A compressed tarball. */
    public byte[] bytes() {
        return bytes.clone();
    }
}
