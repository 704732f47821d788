package dev.plumbline.schemas.catalog;

import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.problem.Position;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.problem.Severity;
import dev.plumbline.schemas.yaml.Places;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what the rules find in one spec, each at its place. */
final class Findings {
    private final String file;
    private final Places places;
    private final Optional<ResourceId> resource;
    private final List<Problem> problems = new ArrayList<>();

    private Findings(String file, Places places, Optional<ResourceId> resource) {
        this.file = file;
        this.places = places;
        this.resource = resource;
    }

    static Findings in(Declaration declaration) {
        Resource resource = declaration.resource();
        return new Findings(resource.file(), declaration.places(), Optional.of(resource.id()));
    }

    static Findings in(Misfit misfit) {
        return new Findings(misfit.file(), misfit.places(), misfit.id());
    }

    void error(String pointer, String code, String message, String hint) {
        error(pointer, code, message, Optional.of(hint));
    }

    void error(String pointer, String code, String message, Optional<String> hint) {
        add(places.valueAt(pointer), pointer, code, Severity.ERROR, message, hint);
    }

    void warning(String pointer, String code, String message, String hint) {
        add(places.valueAt(pointer), pointer, code, Severity.WARNING, message, Optional.of(hint));
    }

    /** A field that changes nothing here; it is pointed at by its name. */
    void noEffect(String pointer, String message, String hint) {
        add(places.keyAt(pointer), pointer, "no-effect", Severity.ERROR, message, Optional.of(hint));
    }

    /** Whether the file itself says something at the pointer; defaults do not count. */
    boolean states(String pointer) {
        return places.has(pointer);
    }

    private void add(
            Position at, String pointer, String code, Severity severity, String message, Optional<String> hint) {
        problems.add(new Problem(file, at.line(), at.column(), pointer, code, severity, message, hint, resource));
    }

    List<Problem> problems() {
        return problems;
    }
}
