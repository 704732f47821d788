package dev.plumbline.reconciler.oncall;

import dev.plumbline.schemas.model.ResourceId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The resources that a person asked to be tried again, until that is done. Thread-safe. */
public final class Pardons {
    private final Map<ResourceId, String> asked = new ConcurrentHashMap<>();

    /** Somebody asks for it. */
    public void ask(ResourceId id, String actor) {
        asked.put(id, actor);
    }

    /** Who asked for it last, until that is settled. */
    public Optional<String> of(ResourceId id) {
        return Optional.ofNullable(asked.get(id));
    }

    /** It was tried again, or there is nothing to try; what somebody else asked for meanwhile stays. */
    public void settle(ResourceId id, String actor) {
        asked.remove(id, actor);
    }
}
