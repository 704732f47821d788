package dev.plumbline.schemas.yaml;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One YAML document as a JSON tree in which every value knows its place. Immutable, as long as nobody writes to the
 * tree.
 *
 * <p>A document with problems may hold only a part of its tree: enough, mostly, to tell what it is called.
 *
 * @param index its place among the file's documents, from 0; empty documents do not count
 * @param line the first line of its content, from 1
 * @param tree what it says
 * @param places where it says it
 * @param complete whether the tree holds all of the document, even if some of it is refused
 * @param problems why it is not a sound document; empty when it is
 */
public record PositionedDocument(
        int index, int line, JsonNode tree, Places places, boolean complete, List<YamlProblem> problems) {
    public PositionedDocument {
        problems = List.copyOf(problems);
    }
}
