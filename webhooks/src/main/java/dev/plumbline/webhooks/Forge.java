package dev.plumbline.webhooks;

import java.util.Optional;

/** Where a delivery comes from. */
public enum Forge {
    GITHUB("github"),
    GITLAB("gitlab"),
    /** Also Forgejo. */
    GITEA("gitea"),
    /** Anything that signs as the Standard Webhooks specification says. */
    GENERIC("generic");

    private final String label;

    Forge(String label) {
        this.label = label;
    }

    /** Its name in URLs, metrics and configuration keys. */
    public String label() {
        return label;
    }

    /** The configuration key of its secret. */
    public String secretKey() {
        return "webhooks." + label + "SecretFile";
    }

    /** The forge with this label. */
    public static Optional<Forge> named(String label) {
        for (Forge forge : values()) {
            if (forge.label.equals(label)) {
                return Optional.of(forge);
            }
        }
        return Optional.empty();
    }

    /**
     * Who these headers say they are from. Gitea and Forgejo are asked first: they send GitHub's headers beside their own,
     * signed or not.
     */
    public static Optional<Forge> claimedBy(Headers headers) {
        if (headers.has("X-Gitea-Event") || headers.has("X-Forgejo-Event") || headers.has("X-Gogs-Event")) {
            return Optional.of(GITEA);
        }
        if (headers.has("X-Gitlab-Event")) {
            return Optional.of(GITLAB);
        }
        return headers.has("X-GitHub-Event") ? Optional.of(GITHUB) : Optional.empty();
    }
}
