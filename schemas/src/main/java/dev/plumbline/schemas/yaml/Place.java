package dev.plumbline.schemas.yaml;

import dev.plumbline.schemas.problem.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where one value of a document stands, with the places of what it holds. Immutable once its document is read. */
final class Place {
    private static final Map<String, Place> NO_FIELDS = Map.of();
    private static final List<Place> NO_ITEMS = List.of();

    private final Position key;
    private final Position value;
    private final int start;
    private int end;
    private final @Nullable String source;
    private final @Nullable ScalarStyle style;
    private Map<String, Place> fields = NO_FIELDS;
    private List<Place> items = NO_ITEMS;

    private Place(
            Position key, Position value, int start, int end, @Nullable String source, @Nullable ScalarStyle style) {
        this.key = key;
        this.value = value;
        this.start = start;
        this.end = end;
        this.source = source;
        this.style = style;
    }

    static Place ofCollection(Position key, Position value, int start) {
        return new Place(key, value, start, start, null, null);
    }

    static Place ofScalar(
            Position key, Position value, int start, int end, @Nullable String source, ScalarStyle style) {
        return new Place(key, value, start, end, source, style);
    }

    void add(String field, Place place) {
        if (fields.isEmpty()) {
            fields = LinkedHashMap.newLinkedHashMap(4);
        }
        fields.putIfAbsent(field, place);
    }

    void add(Place item) {
        if (items.isEmpty()) {
            items = new ArrayList<>(4);
        }
        items.add(item);
    }

    void endsAt(int index) {
        end = index;
    }

    /** Where the field's name stands, or the value itself where it has none. */
    Position key() {
        return key;
    }

    Position value() {
        return value;
    }

    /** First code point, counted from the start of the document's text. */
    int start() {
        return start;
    }

    /** The code point after the last one. */
    int end() {
        return end;
    }

    /** How the file writes the scalar; empty for collections. */
    Optional<ScalarStyle> style() {
        return Optional.ofNullable(style);
    }

    /** How the file spells a scalar that is read as something else than text. */
    Optional<String> source() {
        return Optional.ofNullable(source);
    }

    @Nullable
    Place child(String segment) {
        Place field = fields.get(segment);
        if (field != null || items.isEmpty()) {
            return field;
        }
        int index = index(segment);
        return index >= 0 && index < items.size() ? items.get(index) : null;
    }

    private static int index(String segment) {
        boolean digits =
                !segment.isEmpty() && segment.length() < 7 && segment.chars().allMatch(Character::isDigit);
        return digits ? Integer.parseInt(segment) : -1;
    }
}
