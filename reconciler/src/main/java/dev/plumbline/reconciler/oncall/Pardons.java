package dev.plumbline.reconciler.oncall;

import dev.plumbline.schemas.model.ResourceId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The resources that a person asked to be tried again, until they are looked at. Thread-safe. */
public final class Pardons {
    private final Map<ResourceId, String> asked = new ConcurrentHashMap<>();

    /** Somebody asks for it. */
    public void ask(ResourceId id, String actor) {
        asked.put(id, actor);
    }

    /** Who asked for it, once. */
    public Optional<String> take(ResourceId id) {
        return Optional.ofNullable(asked.remove(id));
    }
}
