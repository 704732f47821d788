package dev.plumbline.schemas.card;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.problem.Position;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.yaml.Pointers;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model card as its author wrote it. Immutable.
 *
 * @param file its path, as problems name it
 * @param introduction what stands outside every section
 * @param problems why it cannot be read whole
 * @param body its Markdown as it was written, without the head
 */
public record ModelCard(
        String file,
        CardHead head,
        List<CardParagraph> introduction,
        List<CardSection> sections,
        List<Problem> problems,
        String body) {
    /** The name of the field under which the rules see a card, and with which the pointers of its places begin. */
    public static final String FIELD = "card";

    public ModelCard {
        introduction = List.copyOf(introduction);
        sections = List.copyOf(sections);
        problems = List.copyOf(problems);
    }

    /** Whether it says nothing at all. */
    public boolean blank() {
        return head.fields().isEmpty() && introduction.isEmpty() && sections.isEmpty() && problems.isEmpty();
    }

    /**
     * Where that stands of which a finding speaks, such as {@code /card/head/license} or {@code /card/sections/2}; the start
     * of the file for what it lacks. Empty for a pointer that leads elsewhere.
     */
    public Optional<Position> at(String pointer) {
        List<String> path = Pointers.segments(pointer);
        if (path.isEmpty() || !path.getFirst().equals(FIELD)) {
            return Optional.empty();
        }
        return Optional.of(path.size() == 1 ? Position.START : within(pointer, path.subList(1, path.size())));
    }

    private Position within(String pointer, List<String> path) {
        Optional<Integer> index = path.size() > 1 ? index(path.get(1)) : Optional.empty();
        return switch (path.getFirst()) {
            case "head" -> head.at(pointer.substring("/card/head".length()));
            case "introduction" -> paragraph(introduction, index).orElse(Position.START);
            case "problems" ->
                of(problems, index)
                        .map(problem -> new Position(problem.line(), problem.column()))
                        .orElse(Position.START);
            case "sections" ->
                of(sections, index).map(section -> section(section, path)).orElse(Position.START);
            default -> Position.START;
        };
    }

    private static Position section(CardSection section, List<String> path) {
        return paragraph(section.paragraphs(), path.size() > 3 ? index(path.get(3)) : Optional.empty())
                .orElse(section.position());
    }

    private static Optional<Position> paragraph(List<CardParagraph> paragraphs, Optional<Integer> index) {
        return of(paragraphs, index).map(CardParagraph::position);
    }

    private static <T> Optional<T> of(List<T> all, Optional<Integer> index) {
        return index.filter(each -> each < all.size()).map(all::get);
    }

    private static Optional<Integer> index(String segment) {
        return segment.matches("[0-9]{1,6}") ? Optional.of(Integer.valueOf(segment)) : Optional.empty();
    }

    /** As the rules see it: what it says, and where only to tell what cannot be read. */
    public ObjectNode toInput() {
        ObjectNode input = Json.object();
        input.set("head", head.fields());
        texts(input.putArray("introduction"), introduction);
        ArrayNode all = input.putArray("sections");
        for (CardSection section : sections) {
            ObjectNode each = all.addObject().put("title", section.title());
            texts(each.putArray("paragraphs"), section.paragraphs());
            each.set("tables", Json.tree(section.tables()));
        }
        ArrayNode wrong = input.putArray("problems");
        for (Problem problem : problems) {
            ObjectNode each = wrong.addObject();
            each.put("line", problem.line());
            each.put("message", problem.message());
            problem.hint().ifPresent(hint -> each.put("hint", hint));
        }
        return input;
    }

    private static void texts(ArrayNode array, List<CardParagraph> paragraphs) {
        paragraphs.forEach(each -> array.add(each.text()));
    }
}
