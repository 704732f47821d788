package dev.plumbline.reconciler.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do. */
public enum Role {
    /** See what there is. */
    READ,
    /** Act on what the specs ask for: what a person on call needs. */
    OPERATE,
    /** Say yes where a person must. */
    APPROVE,
    /** Take the policies, and report what was decided by them: what an OPA server needs, and nothing else. */
    POLICY;

    /** As the tokens file writes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Role> labelled(String label) {
        return Arrays.stream(values())
                .filter(role -> role.label().equals(label))
                .findFirst();
    }
}
