package dev.plumbline.schemas.yaml;

import dev.plumbline.schemas.problem.Position;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where one value of a document stands, with the places of what it holds. Immutable once its document is read. There is
 * one for each value of each spec, so it is kept small.
 */
final class Place {
    private static final String[] NO_NAMES = {};
    private static final Place[] NO_CHILDREN = {};

    private final int keyLine;
    private final int keyColumn;
    private final int line;
    private final int column;
    private final int start;
    private final int end;
    private final @Nullable String source;
    private final @Nullable ScalarStyle style;
    private String[] names = NO_NAMES;
    private Place[] children = NO_CHILDREN;
    private int size;

    private Place(
            Position key, Position value, int start, int end, @Nullable String source, @Nullable ScalarStyle style) {
        this.keyLine = key.line();
        this.keyColumn = key.column();
        this.line = value.line();
        this.column = value.column();
        this.start = start;
        this.end = end;
        this.source = source;
        this.style = style;
    }

    static Place ofCollection(Position key, Position value) {
        return new Place(key, value, 0, 0, null, null);
    }

    static Place ofScalar(
            Position key, Position value, int start, int end, @Nullable String source, ScalarStyle style) {
        return new Place(key, value, start, end, source, style);
    }

    void add(String field, Place place) {
        if (size == names.length) {
            names = Arrays.copyOf(names, grown());
        }
        names[size] = field;
        add(place);
    }

    void add(Place item) {
        if (size == children.length) {
            children = Arrays.copyOf(children, grown());
        }
        children[size++] = item;
    }

    private int grown() {
        return size == 0 ? 4 : size * 2;
    }

    /** Where the field's name stands, or the value itself where it has none. */
    Position key() {
        return new Position(keyLine, keyColumn);
    }

    Position value() {
        return new Position(line, column);
    }

    /** First code point of a scalar, counted from the start of the document's text. */
    int start() {
        return start;
    }

    /** The code point after a scalar's last one. */
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
        if (names.length == 0) {
            int index = index(segment);
            return index >= 0 && index < size ? children[index] : null;
        }
        for (int i = 0; i < size; i++) {
            if (names[i].equals(segment)) {
                return children[i];
            }
        }
        return null;
    }

    private static int index(String segment) {
        boolean digits =
                !segment.isEmpty() && segment.length() < 7 && segment.chars().allMatch(Character::isDigit);
        return digits ? Integer.parseInt(segment) : -1;
    }
}
