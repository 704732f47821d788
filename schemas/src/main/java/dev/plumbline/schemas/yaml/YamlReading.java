package dev.plumbline.schemas.yaml;

import java.util.List;

/**
 * What one file holds.
 *
 * @param documents the documents in order; empty ones are left out
 * @param problems what is wrong with the file as a whole
 */
public record YamlReading(List<PositionedDocument> documents, List<YamlProblem> problems) {
    public YamlReading {
        documents = List.copyOf(documents);
        problems = List.copyOf(problems);
    }

    static YamlReading refused(YamlProblem problem) {
        return new YamlReading(List.of(), List.of(problem));
    }
}
