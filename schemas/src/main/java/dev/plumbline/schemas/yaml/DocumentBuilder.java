package dev.plumbline.schemas.yaml;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.problem.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds the tree of one document from the parser's events, so that a limit is noticed before what exceeds it is built.
 * Aliases are never followed and tags never looked up.
 */
final class DocumentBuilder {
    private static final int REPORTED = 100;

    private final DocumentSplitter.Part part;
    private final int index;
    private final List<YamlProblem> problems = new ArrayList<>();
    private final ParserImpl parser;
    private JsonNode tree = JsonNodeFactory.instance.nullNode();
    private Place root;
    private int nodes;
    private boolean complete;

    private DocumentBuilder(DocumentSplitter.Part part, int index) {
        this.part = part;
        this.index = index;
        this.parser = new ParserImpl(new StreamReader(part.text()), options());
        Position start = new Position(part.contentLine() + 1, 1);
        this.root = Place.ofCollection(start, start);
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(YamlLimits.FILE_BYTES);
        options.setNestingDepthLimit(YamlLimits.DEPTH * 4);
        return options;
    }

    /** Reads one document; whatever is wrong with it is among its problems. */
    static PositionedDocument build(DocumentSplitter.Part part, int index) {
        CharacterScan.Result scan = CharacterScan.scan(part);
        DocumentBuilder builder = new DocumentBuilder(part, index);
        builder.problems.addAll(scan.problems());
        if (!scan.unreadable()) {
            builder.read();
        }
        return builder.finished();
    }

    private PositionedDocument finished() {
        return new PositionedDocument(index, part.contentLine() + 1, tree, new Places(root), complete, problems);
    }

    private void read() {
        try {
            document();
            complete = true;
        } catch (LimitExceeded exceeded) {
            problems.add(exceeded.problem);
        } catch (MarkedYAMLException broken) {
            problems.add(SyntaxProblems.of(broken, part));
        } catch (YAMLException | IllegalArgumentException | IndexOutOfBoundsException broken) {
            // The parser has no position for these: numbers in a %YAML line, code points out of range.
            problems.add(SyntaxProblems.unplaced(root.value()));
        }
    }

    private void document() {
        while (!parser.checkEvent(Event.ID.StreamEnd)) {
            if (parser.peekEvent() instanceof NodeEvent) {
                value(null, null, Trail.ROOT, 0);
            } else {
                parser.getEvent();
            }
        }
    }

    /** Reads the next value into its parent (none: it is the document) and its place into the parent's. */
    private void value(@Nullable Slot slot, @Nullable Position key, Trail trail, int depth) {
        Event event = parser.getEvent();
        count(event, trail);
        Position position = position(event.getStartMark());
        Position name = key == null ? position : key;
        refuseAnchorsAndTags((NodeEvent) event, trail);
        switch (event) {
            case ScalarEvent scalar -> scalar(scalar, slot, name, trail);
            case MappingStartEvent start -> mapping(start, slot, name, trail, deeper(depth, event, trail));
            case SequenceStartEvent start -> sequence(start, slot, name, trail, deeper(depth, event, trail));
            default -> put(slot, JsonNodeFactory.instance.nullNode(), Place.ofCollection(name, position));
        }
    }

    private void mapping(MappingStartEvent start, @Nullable Slot slot, Position key, Trail trail, int depth) {
        ObjectNode object = Json.object();
        Place place = Place.ofCollection(key, position(start.getStartMark()));
        put(slot, object, place);
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            field(object, place, trail, depth);
        }
        parser.getEvent();
    }

    private void field(ObjectNode object, Place place, Trail trail, int depth) {
        Event next = parser.peekEvent();
        Position at = position(next.getStartMark());
        if (!(next instanceof ScalarEvent name)) {
            report(at, trail, "yaml-complex-key", "a key must be a single piece of text", "write key: value");
            value(new Slot(Json.array(), Place.ofCollection(at, at), ""), at, trail, depth);
            value(new Slot(Json.array(), Place.ofCollection(at, at), ""), at, trail, depth);
            return;
        }
        parser.getEvent();
        count(name, trail);
        refuseAnchorsAndTags(name, trail);
        String field = name.getValue();
        Trail child = trail.child(field);
        checkText(name, child);
        checkKey(object, name, at, child);
        boolean repeated = object.has(field);
        value(
                repeated ? new Slot(Json.array(), Place.ofCollection(at, at), "") : new Slot(object, place, field),
                at,
                child,
                depth);
    }

    private void checkKey(ObjectNode object, ScalarEvent name, Position at, Trail trail) {
        String field = name.getValue();
        if (object.has(field)) {
            report(at, trail, "duplicate-key", "`" + field + "` is given twice", "keep one of the two");
        } else if (field.equals("<<") && name.isPlain()) {
            report(at, trail, "yaml-merge-key", "merge keys (<<) are not allowed", "write the fields out");
        }
    }

    private void sequence(SequenceStartEvent start, @Nullable Slot slot, Position key, Trail trail, int depth) {
        ArrayNode array = Json.array();
        Place place = Place.ofCollection(key, position(start.getStartMark()));
        put(slot, array, place);
        for (int i = 0; !parser.checkEvent(Event.ID.SequenceEnd); i++) {
            value(new Slot(array, place, null), null, trail.child(i), depth);
        }
        parser.getEvent();
    }

    private void scalar(ScalarEvent scalar, @Nullable Slot slot, Position key, Trail trail) {
        checkText(scalar, trail);
        Position position = position(scalar.getStartMark());
        JsonNode node = JsonNodeFactory.instance.stringNode(scalar.getValue());
        if (scalar.isPlain()) {
            ScalarRules.Meaning meaning = ScalarRules.plain(scalar.getValue());
            node = meaning.node();
            meaning.fault().ifPresent(fault -> report(position, trail, fault.code(), fault.message(), fault.hint()));
        }
        Place place = Place.ofScalar(
                key,
                position,
                scalar.getStartMark().getIndex(),
                scalar.getEndMark().getIndex(),
                node.isString() ? null : scalar.getValue(),
                style(scalar.getScalarStyle()));
        put(slot, node, place);
    }

    private void checkText(ScalarEvent scalar, Trail trail) {
        String value = scalar.getValue();
        Position at = position(scalar.getStartMark());
        if (value.length() > YamlLimits.STRING) {
            throw new LimitExceeded(YamlProblem.of(
                    at,
                    trail.pointer(),
                    "string-too-long",
                    "the text has " + value.length() + " characters; one may have " + YamlLimits.STRING,
                    "keep long text in a file of its own"));
        }
        if (!CharacterRules.isComposed(value)) {
            report(
                    at,
                    trail,
                    "text-not-composed",
                    "the text is not in the composed Unicode form (NFC)",
                    "type it anew, or convert it to NFC");
        }
        if (scalar.getScalarStyle() == DumperOptions.ScalarStyle.DOUBLE_QUOTED) {
            checkEscapes(value, at, trail);
        }
    }

    /** The scan saw the raw text; escapes can still spell what it would have refused. */
    private void checkEscapes(String value, Position at, Trail trail) {
        value.codePoints()
                .filter(codePoint -> CharacterRules.refusal(codePoint).isPresent())
                .filter(codePoint -> part.text().indexOf(codePoint) < 0)
                .distinct()
                .forEach(codePoint -> report(
                        at,
                        trail,
                        "forbidden-character",
                        CharacterRules.named(codePoint) + " is "
                                + CharacterRules.refusal(codePoint).orElseThrow(),
                        "remove the escape"));
    }

    private void refuseAnchorsAndTags(NodeEvent event, Trail trail) {
        Position at = position(event.getStartMark());
        if (event instanceof AliasEvent) {
            report(
                    at,
                    trail,
                    "yaml-alias",
                    "aliases (*" + event.getAnchor() + ") are not allowed",
                    "write the value out");
            return;
        }
        if (event.getAnchor() != null) {
            report(
                    at,
                    trail,
                    "yaml-anchor",
                    "anchors (&" + event.getAnchor() + ") are not allowed",
                    "remove it, and write the value out where it is used");
        }
        Optional<String> tag = switch (event) {
            case ScalarEvent scalar -> Optional.ofNullable(scalar.getTag());
            case MappingStartEvent start -> Optional.ofNullable(start.getTag());
            case SequenceStartEvent start -> Optional.ofNullable(start.getTag());
            default -> Optional.empty();
        };
        tag.ifPresent(name -> report(
                at,
                trail,
                "yaml-tag",
                "tags (" + SyntaxProblems.shortened(name) + ") are not allowed",
                "remove it; quotes make text of a number"));
    }

    private void count(Event event, Trail trail) {
        if (++nodes > YamlLimits.NODES) {
            throw new LimitExceeded(YamlProblem.of(
                    position(event.getStartMark()),
                    trail.pointer(),
                    "too-many-nodes",
                    "the document has more than " + YamlLimits.NODES + " keys and values",
                    "split it into several documents"));
        }
    }

    private int deeper(int depth, Event event, Trail trail) {
        if (depth >= YamlLimits.DEPTH) {
            throw new LimitExceeded(YamlProblem.of(
                    position(event.getStartMark()),
                    trail.pointer(),
                    "too-deep",
                    "the document is nested more than " + YamlLimits.DEPTH + " levels deep",
                    "no field of a spec needs that; look for a bracket too many"));
        }
        return depth + 1;
    }

    private void put(@Nullable Slot slot, JsonNode node, Place place) {
        if (slot != null) {
            slot.put(node, place);
        } else {
            tree = node;
            root = place;
        }
    }

    private void report(Position at, Trail trail, String code, String message, String hint) {
        if (problems.size() < REPORTED) {
            problems.add(YamlProblem.of(at, trail.pointer(), code, message, hint));
        }
    }

    private Position position(Mark mark) {
        return new Position(part.line() + mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static ScalarStyle style(DumperOptions.ScalarStyle style) {
        return switch (style) {
            case SINGLE_QUOTED -> ScalarStyle.SINGLE_QUOTED;
            case DOUBLE_QUOTED, JSON_SCALAR_STYLE -> ScalarStyle.DOUBLE_QUOTED;
            case LITERAL -> ScalarStyle.LITERAL;
            case FOLDED -> ScalarStyle.FOLDED;
            case PLAIN -> ScalarStyle.PLAIN;
        };
    }

    /** Where a value goes: a field of an object, or the end of an array. */
    private record Slot(
            JsonNode parent, Place place, @Nullable String field) {
        void put(JsonNode node, Place child) {
            switch (parent) {
                case ObjectNode object
                when field != null -> {
                    object.set(field, node);
                    place.add(field, child);
                }
                case ArrayNode array -> {
                    array.add(node);
                    place.add(child);
                }
                default -> throw new IllegalStateException("only objects and arrays hold values");
            }
        }
    }

    /** Ends the reading of one document at a limit; what was read so far still tells what it is called. */
    @SuppressWarnings("serial")
    private static final class LimitExceeded extends RuntimeException {
        private final YamlProblem problem;

        LimitExceeded(YamlProblem problem) {
            super(problem.message(), null, false, false);
            this.problem = problem;
        }
    }
}
