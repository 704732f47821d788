package dev.plumbline.schemas.problem;

import dev.plumbline.schemas.model.ResourceId;
import java.util.Optional;

/**
 * One thing that is wrong, where it is, and what would be right.
 *
 * @param pointer JSON pointer of the value within its document
 * @param code stable name of the rule, such as {@code unknown-field}
 * @param hint what to do, or what was probably meant
 * @param resource the spec that it holds back, where that can be told
 */
public record Problem(
        String file,
        int line,
        int column,
        String pointer,
        String code,
        Severity severity,
        String message,
        Optional<String> hint,
        Optional<ResourceId> resource) {}
