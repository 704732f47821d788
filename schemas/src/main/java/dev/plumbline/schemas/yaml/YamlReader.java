package dev.plumbline.schemas.yaml;

import dev.plumbline.schemas.problem.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the documents of one file. Never throws because of what the bytes hold: everything that is wrong is a problem
 * with a position. Each document is judged alone, so a broken one leaves the others readable. Thread-safe.
 */
public final class YamlReader {
    /** Reads a file's bytes: UTF-8, with or without a byte order mark, any line ends. */
    public YamlReading read(byte[] bytes) {
        return switch (TextDecoder.decode(bytes)) {
            case TextDecoder.Decoded.Refused(YamlProblem problem) -> YamlReading.refused(problem);
            case TextDecoder.Decoded.Text(String text, int ignored) -> read(DocumentSplitter.split(text));
        };
    }

    private static YamlReading read(List<DocumentSplitter.Part> parts) {
        List<PositionedDocument> documents = new ArrayList<>(parts.size());
        for (DocumentSplitter.Part part : parts.subList(0, Math.min(parts.size(), YamlLimits.DOCUMENTS))) {
            documents.add(DocumentBuilder.build(part, documents.size()));
        }
        return new YamlReading(documents, tooMany(parts));
    }

    private static List<YamlProblem> tooMany(List<DocumentSplitter.Part> parts) {
        if (parts.size() <= YamlLimits.DOCUMENTS) {
            return List.of();
        }
        int line = parts.get(YamlLimits.DOCUMENTS).contentLine() + 1;
        return List.of(YamlProblem.of(
                new Position(line, 1),
                Pointers.ROOT,
                "too-many-documents",
                "the file has " + parts.size() + " documents; one may have " + YamlLimits.DOCUMENTS,
                "split it into several files"));
    }
}
