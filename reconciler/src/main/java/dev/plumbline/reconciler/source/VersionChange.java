package dev.plumbline.reconciler.source;

import dev.plumbline.schemas.model.Revision;
import java.util.Map;
import java.util.Optional;

/**
 * A commit to be written that changes nothing but the value of {@code version} of one Serving.
 *
 * @param base the revision that it was planned on
 * @param file path of the spec in the repository
 * @param document index of the document in the file
 * @param from the value that must still stand there, such as {@code none} or {@code v1}
 * @param to the value to write
 * @param trailers in the order in which they are written
 */
public record VersionChange(
        Revision base,
        String file,
        int document,
        String serving,
        String from,
        String to,
        String subject,
        String body,
        Map<String, String> trailers,
        Optional<String> requestedBy) {}
