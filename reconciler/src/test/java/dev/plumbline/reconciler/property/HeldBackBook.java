package dev.plumbline.reconciler.property;

import dev.plumbline.schemas.model.VersionName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The versions that people moved endpoints away from, by model, as the commits of the watched branch tell it. */
final class HeldBackBook {
    private final Map<String, Set<VersionName>> held = new HashMap<>();
    private final Map<String, Set<VersionName>> perhaps = new HashMap<>();
    private final Map<String, Map<String, Set<VersionName>>> at = new HashMap<>();

    /** Those that automation must not promote. */
    Set<VersionName> of(String model) {
        return Set.copyOf(in(held, model));
    }

    /** Those, and the ones of which the loop may know what the commits do not tell. */
    Set<VersionName> orPerhaps(String model) {
        Set<VersionName> either = new HashSet<>(in(held, model));
        either.addAll(in(perhaps, model));
        return either;
    }

    /**
     * An endpoint names another version. Who removes the whole endpoint says nothing of a version; but one that comes back
     * within its grace period is the same endpoint, moved away from what it named.
     *
     * @param from what a person moved it away from
     * @param there whether the endpoint is still asked for
     */
    void moved(String model, Optional<VersionName> from, Optional<VersionName> to, boolean there) {
        to.ifPresent(in(held, model)::remove);
        to.ifPresent(in(perhaps, model)::remove);
        from.ifPresent(in(there ? held : perhaps, model)::add);
    }

    /** Keeps how things stand at a commit. */
    void keep(String commit) {
        Map<String, Set<VersionName>> copy = new HashMap<>();
        held.forEach((model, all) -> copy.put(model, Set.copyOf(all)));
        // A history that was put back to it names it again: of which time a record tells is then not known.
        at.merge(commit, copy, HeldBackBook::both);
    }

    private static Map<String, Set<VersionName>> both(
            Map<String, Set<VersionName>> one, Map<String, Set<VersionName>> other) {
        Map<String, Set<VersionName>> both = new HashMap<>();
        one.forEach((model, all) -> {
            Set<VersionName> common = new HashSet<>(all);
            common.retainAll(other.getOrDefault(model, Set.of()));
            both.put(model, common);
        });
        return both;
    }

    /** A person may have been seen to move an endpoint away from this version. */
    void perhaps(String model, VersionName from) {
        in(perhaps, model).add(from);
    }

    boolean knows(String commit) {
        return at.containsKey(commit);
    }

    /** As things stood at a commit; what the record of then says of the others is not in this book. */
    void backTo(Optional<String> commit) {
        held.forEach((model, all) -> in(perhaps, model).addAll(all));
        held.clear();
        commit.map(at::get).ifPresent(then -> then.forEach((model, all) -> held.put(model, new HashSet<>(all))));
    }

    private static Set<VersionName> in(Map<String, Set<VersionName>> all, String model) {
        return all.computeIfAbsent(model, key -> new HashSet<>());
    }
}
