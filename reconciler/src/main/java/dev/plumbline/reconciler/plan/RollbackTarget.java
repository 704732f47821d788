package dev.plumbline.reconciler.plan;

import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.EndpointEntry.Service;
import dev.plumbline.schemas.model.VersionName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a rollback leads that names no version: back along the versions that led to the present one. What was itself
 * rolled back is off that way, so that one rollback after another goes ever further back and never forward again.
 */
public final class RollbackTarget {
    private final EndpointEntry endpoint;
    private final Optional<VersionName> named;

    /** From what the spec of this endpoint names. */
    public RollbackTarget(EndpointEntry endpoint, Optional<VersionName> named) {
        this.endpoint = endpoint;
        this.named = named;
    }

    /** The version; empty when the way ends here. */
    public Optional<VersionName> version() {
        Deque<VersionName> way = way();
        if (named.isEmpty()) {
            // Who took everything off held the last version back; what came before it is still good.
            way.removeIf(version -> endpoint.heldBack().containsKey(version));
        } else if (way.contains(named.get())) {
            backTo(way, named.get());
            way.pop();
        }
        return Optional.ofNullable(way.peek());
    }

    /** The versions that led to the last one served, newest first. */
    private Deque<VersionName> way() {
        Deque<VersionName> way = new ArrayDeque<>();
        for (Service service : endpoint.history()) {
            if (way.contains(service.version())) {
                backTo(way, service.version());
            } else {
                way.push(service.version());
            }
        }
        return way;
    }

    private static void backTo(Deque<VersionName> way, VersionName version) {
        while (!version.equals(way.peek())) {
            way.pop();
        }
    }

    /** What may be named instead, newest first, with what is known against it; empty when nothing else served. */
    public String choices() {
        return endpoint.history().reversed().stream()
                .map(Service::version)
                .distinct()
                .filter(version -> !named.equals(Optional.of(version)))
                .map(this::choice)
                .collect(Collectors.joining(", "));
    }

    private String choice(VersionName version) {
        return Optional.ofNullable(endpoint.heldBack().get(version))
                .map(held -> version.label() + " (held back: taken off by "
                        + held.commit().shortened() + ", " + held.by() + ")")
                .orElseGet(version::label);
    }
}
