package dev.plumbline.reconciler.access;

import java.util.Set;

/**
 * Somebody who has shown a token.
 *
 * @param name how the record calls them; never what they say of themselves
 */
public record Caller(String name, Set<Role> roles) {
    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Whether the caller has this role. Whoever may act may also see. */
    public boolean may(Role role) {
        return roles.contains(role)
                || (role == Role.READ && (roles.contains(Role.OPERATE) || roles.contains(Role.APPROVE)));
    }
}
