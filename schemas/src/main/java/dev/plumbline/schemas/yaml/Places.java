package dev.plumbline.schemas.yaml;

import dev.plumbline.schemas.problem.Position;
import java.util.Optional;

/** Where each value of one document stands. Immutable. */
public final class Places {
    private final Place root;

    Places(Place root) {
        this.root = root;
    }

    /** Where the value stands, or the nearest thing around it that exists. */
    public Position valueAt(String pointer) {
        return nearest(pointer).value();
    }

    /** Where the name of the field stands, or the nearest thing around it that exists. */
    public Position keyAt(String pointer) {
        return nearest(pointer).key();
    }

    /** Whether the document itself says something at the pointer. */
    public boolean has(String pointer) {
        return find(pointer).isPresent();
    }

    /** How the file spells a plain scalar that is read as a number, a truth value or nothing. */
    public Optional<String> sourceAt(String pointer) {
        return find(pointer).flatMap(Place::source);
    }

    Optional<Place> find(String pointer) {
        Place place = root;
        for (String segment : Pointers.segments(pointer)) {
            Place child = place.child(segment);
            if (child == null) {
                return Optional.empty();
            }
            place = child;
        }
        return Optional.of(place);
    }

    private Place nearest(String pointer) {
        Place place = root;
        for (String segment : Pointers.segments(pointer)) {
            Place child = place.child(segment);
            if (child == null) {
                return place;
            }
            place = child;
        }
        return place;
    }
}
