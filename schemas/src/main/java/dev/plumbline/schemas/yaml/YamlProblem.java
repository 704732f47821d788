package dev.plumbline.schemas.yaml;

import dev.plumbline.schemas.problem.Position;
import java.util.Optional;

/** Something in a file that a spec may not hold, before anybody asks what it means. */
public record YamlProblem(Position position, String pointer, String code, String message, Optional<String> hint) {
    static YamlProblem of(Position position, String pointer, String code, String message, String hint) {
        return new YamlProblem(position, pointer, code, message, Optional.of(hint));
    }
}
