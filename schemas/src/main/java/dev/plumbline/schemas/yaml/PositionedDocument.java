package dev.plumbline.schemas.yaml;

import dev.plumbline.schemas.problem.Position;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One YAML document as a JSON tree in which every value knows its place. Immutable, as long as nobody writes to the
 * tree.
 *
 * <p>A document with problems may hold only a part of its tree: enough, mostly, to tell what it is called.
 */
public final class PositionedDocument {
    private final int index;
    private final int line;
    private final JsonNode tree;
    private final Place root;
    private final boolean complete;
    private final List<YamlProblem> problems;

    PositionedDocument(int index, int line, JsonNode tree, Place root, boolean complete, List<YamlProblem> problems) {
        this.index = index;
        this.line = line;
        this.tree = tree;
        this.root = root;
        this.complete = complete;
        this.problems = List.copyOf(problems);
    }

    /** Its place among the file's documents, from 0; empty documents do not count. */
    public int index() {
        return index;
    }

    /** The first line of its content, from 1. */
    public int line() {
        return line;
    }

    /** What it says. */
    public JsonNode tree() {
        return tree;
    }

    /** Whether the tree holds all of the document, even if some of it is refused. */
    public boolean complete() {
        return complete;
    }

    /** Why it is not a sound document; empty when it is. */
    public List<YamlProblem> problems() {
        return problems;
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
