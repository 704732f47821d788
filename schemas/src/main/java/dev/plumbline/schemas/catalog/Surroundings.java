package dev.plumbline.schemas.catalog;

import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the rules between specs look at beside the spec itself. It notes what they ask, so that a spec needs to be judged
 * again only when an answer has changed. Not thread-safe.
 */
final class Surroundings {
    private static final Set<Kind> CLAIMING = EnumSet.of(Kind.TRAINING, Kind.MONITORING);

    private final Catalog catalog;
    private final Set<ResourceId> named;
    private final Set<String> unreadable;
    private final FileLookup files;
    private final Map<ResourceId, List<Resource>> claims = new HashMap<>();
    private List<Asked> asked = new ArrayList<>();
    private boolean everything;

    Surroundings(Catalog catalog, Set<ResourceId> named, Set<String> unreadable, FileLookup files) {
        this.catalog = catalog;
        this.named = named;
        this.unreadable = unreadable;
        this.files = files;
        for (Resource resource : catalog.resources()) {
            if (CLAIMING.contains(resource.id().kind())) {
                claims.computeIfAbsent(claimed(resource), id -> new ArrayList<>(1))
                        .add(resource);
            }
        }
    }

    /** A question and the answer that it had. */
    sealed interface Asked {
        record Spec(ResourceId id, Optional<Resource> found) implements Asked {}

        record Meant(ResourceId id, boolean answer) implements Asked {}

        record Claims(ResourceId claimed, List<Resource> claiming) implements Asked {}

        record File(String path, Optional<String> version) implements Asked {}
    }

    /** Forgets what was asked until now. */
    void begin() {
        asked = new ArrayList<>();
        everything = false;
    }

    /** What was asked since the beginning; empty when it was more than can be told. */
    Optional<List<Asked>> asked() {
        return everything ? Optional.empty() : Optional.of(List.copyOf(asked));
    }

    /** Whether the question has the same answer here; what was not read again is the very same object. */
    @SuppressWarnings("ReferenceEquality")
    boolean answers(Asked question) {
        return switch (question) {
            case Asked.Spec(ResourceId id, Optional<Resource> found) ->
                catalog.find(id).orElse(null) == found.orElse(null);
            case Asked.Meant(ResourceId id, boolean answer) -> named.contains(id) == answer;
            case Asked.Claims(ResourceId claimed, List<Resource> claiming) -> same(claiming, claiming(claimed));
            case Asked.File(String path, Optional<String> version) ->
                version.isPresent() && files.version(path).equals(version);
        };
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean same(List<Resource> before, List<Resource> now) {
        boolean same = before.size() == now.size();
        for (int index = 0; same && index < now.size(); index++) {
            same = before.get(index) == now.get(index);
        }
        return same;
    }

    Optional<Resource> find(ResourceId id) {
        Optional<Resource> found = catalog.find(id);
        asked.add(new Asked.Spec(id, found));
        return found;
    }

    Optional<ModelSpec> model(String name) {
        return find(new ResourceId(Kind.MODEL, name)).map(each -> (ModelSpec) each.spec());
    }

    Optional<DatasetSpec> dataset(String name) {
        return find(new ResourceId(Kind.DATASET, name)).map(each -> (DatasetSpec) each.spec());
    }

    /** Whether somebody may have meant to declare it. */
    boolean isMeant(ResourceId id) {
        boolean answer = named.contains(id);
        asked.add(new Asked.Meant(id, answer));
        return answer;
    }

    /** Every spec of the kind that somebody may have meant to declare. */
    List<String> names(Kind kind) {
        everything = true;
        return named.stream()
                .filter(id -> id.kind() == kind)
                .map(ResourceId::name)
                .sorted()
                .toList();
    }

    /** The files that cannot be read. */
    Set<String> unreadable() {
        everything = true;
        return unreadable;
    }

    /** Every spec that claims the same as this one, itself among them, by name. */
    List<Resource> rivals(Resource resource) {
        List<Resource> all = claiming(claimed(resource));
        asked.add(new Asked.Claims(claimed(resource), all));
        return all;
    }

    private List<Resource> claiming(ResourceId claimed) {
        return claims.getOrDefault(claimed, List.of());
    }

    private static ResourceId claimed(Resource resource) {
        return Reference.of(resource.spec()).getFirst().target();
    }

    Optional<byte[]> start(String path, int length) {
        Optional<byte[]> start = files.start(path, length);
        Optional<String> version = files.version(path);
        if (start.isEmpty() && version.isPresent()) {
            // It is there and cannot be read now.
            everything = true;
        }
        asked.add(new Asked.File(path, version));
        return start;
    }
}
