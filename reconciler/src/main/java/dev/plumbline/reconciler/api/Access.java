package dev.plumbline.reconciler.api;

import dev.plumbline.reconciler.access.Role;
import java.util.Optional;

/** What a route asks of whoever calls it. */
enum Access {
    /** Nothing: machines that watch the process know no token. */
    OPEN(Optional.empty()),
    /** A signature over the body, which the route itself checks. */
    SIGNED(Optional.empty()),
    READ(Optional.of(Role.READ)),
    OPERATE(Optional.of(Role.OPERATE)),
    APPROVE(Optional.of(Role.APPROVE)),
    POLICY(Optional.of(Role.POLICY));

    private final Optional<Role> role;

    Access(Optional<Role> role) {
        this.role = role;
    }

    /** The role that a token must have; empty when no token is asked for. */
    Optional<Role> role() {
        return role;
    }
}
