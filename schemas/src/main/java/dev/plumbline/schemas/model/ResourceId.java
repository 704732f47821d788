package dev.plumbline.schemas.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** What one spec is called everywhere: its kind and its name, written {@code Kind/name}. */
public record ResourceId(Kind kind, String name) implements Comparable<ResourceId> {
    /** The id written {@code Kind/name} or {@code kind/name}; empty when it is not one. */
    public static Optional<ResourceId> parse(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1) {
            return Optional.empty();
        }
        return Kind.named(text.substring(0, slash)).map(kind -> new ResourceId(kind, text.substring(slash + 1)));
    }

    @JsonCreator
    static ResourceId read(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not a resource (Kind/name): " + text));
    }

    /** By kind, then by name. It is asked a hundred thousand times for each revision of a large repository. */
    @Override
    public int compareTo(ResourceId other) {
        int byKind = kind.compareTo(other.kind);
        return byKind == 0 ? name.compareTo(other.name) : byKind;
    }

    @JsonValue
    @Override
    public String toString() {
        return kind.label() + "/" + name;
    }
}
