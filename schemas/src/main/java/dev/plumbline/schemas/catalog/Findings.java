package dev.plumbline.schemas.catalog;

import dev.plumbline.schemas.problem.Position;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.problem.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what the rules find in one spec, each at its place. */
final class Findings {
    private final Declaration declaration;
    private final List<Problem> problems = new ArrayList<>();

    Findings(Declaration declaration) {
        this.declaration = declaration;
    }

    void error(String pointer, String code, String message, String hint) {
        error(pointer, code, message, Optional.of(hint));
    }

    void error(String pointer, String code, String message, Optional<String> hint) {
        add(declaration.places().valueAt(pointer), pointer, code, Severity.ERROR, message, hint);
    }

    void warning(String pointer, String code, String message, String hint) {
        add(declaration.places().valueAt(pointer), pointer, code, Severity.WARNING, message, Optional.of(hint));
    }

    /** A field that changes nothing here; it is pointed at by its name. */
    void noEffect(String pointer, String message, String hint) {
        add(declaration.places().keyAt(pointer), pointer, "no-effect", Severity.ERROR, message, Optional.of(hint));
    }

    /** Whether the file itself says something at the pointer; defaults do not count. */
    boolean states(String pointer) {
        return declaration.places().has(pointer);
    }

    private void add(
            Position at, String pointer, String code, Severity severity, String message, Optional<String> hint) {
        problems.add(new Problem(
                declaration.resource().file(),
                at.line(),
                at.column(),
                pointer,
                code,
                severity,
                message,
                hint,
                Optional.of(declaration.resource().id())));
    }

    List<Problem> problems() {
        return problems;
    }
}
