package dev.plumbline.schemas.yaml;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Finds the bytes of one scalar, so that it can be replaced while every other byte stays. Thread-safe. */
public final class ScalarFinder {
    /**
     * The bytes of the scalar at a JSON pointer.
     *
     * @param document index of the document within the file, as {@code Resource.document()} counts
     * @return empty when the file is not text, has no such document, or the document is broken or says nothing there (an
     *     empty value counts as nothing)
     */
    public Optional<ScalarLocation> find(byte[] file, int document, String pointer) {
        if (!(TextDecoder.decode(file) instanceof TextDecoder.Decoded.Text(String text, int mark))) {
            return Optional.empty();
        }
        List<DocumentSplitter.Part> parts = DocumentSplitter.split(text);
        if (document < 0 || document >= parts.size()) {
            return Optional.empty();
        }
        DocumentSplitter.Part part = parts.get(document);
        PositionedDocument read = DocumentBuilder.build(part, document);
        return read.problems().isEmpty()
                ? read.places().find(pointer).flatMap(place -> located(text, mark, part, place))
                : Optional.empty();
    }

    private static Optional<ScalarLocation> located(String text, int mark, DocumentSplitter.Part part, Place place) {
        int from = part.offset() + part.text().offsetByCodePoints(0, place.start());
        int to = part.offset() + part.text().offsetByCodePoints(0, place.end());
        String scalar = text.substring(from, to);
        int offset = mark + text.substring(0, from).getBytes(StandardCharsets.UTF_8).length;
        int length = scalar.getBytes(StandardCharsets.UTF_8).length;
        return place.style()
                .filter(style -> length > 0)
                .map(style -> new ScalarLocation(offset, length, style, scalar));
    }
}
