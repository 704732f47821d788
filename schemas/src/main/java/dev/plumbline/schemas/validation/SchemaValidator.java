package dev.plumbline.schemas.validation;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.yaml.Pointers;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Holds documents against the JSON Schema of their kind. Each schema is compiled once, when the first document of its
 * kind arrives. Thread-safe.
 */
public final class SchemaValidator {
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<SchemaTree, Schema> compiled = new HashMap<>();

    /** All the ways in which the document breaks the schema of its kind, in the order of the schema. */
    public List<Violation> validate(Kind kind, JsonNode document) {
        return validate(SchemaTree.of(kind), document);
    }

    /** All the ways in which the document breaks the schema, in the order of the schema; empty when it does not. */
    public List<Violation> validate(SchemaTree tree, JsonNode document) {
        List<Error> errors = schema(tree).validate(document);
        return errors.isEmpty() ? List.of() : explained(tree, document, errors);
    }

    private Schema schema(SchemaTree tree) {
        synchronized (compiled) {
            return compiled.computeIfAbsent(tree, this::compile);
        }
    }

    private Schema compile(SchemaTree tree) {
        Schema schema = registry.getSchema(tree.root());
        schema.initializeValidators();
        return schema;
    }

    private static List<Violation> explained(SchemaTree tree, JsonNode document, List<Error> errors) {
        Explanations explanations = new Explanations(tree, document);
        Set<String> alternatives = alternatives(errors);
        Set<Violation> violations = new LinkedHashSet<>();
        for (Error error : errors) {
            if (!insideAlternative(error, alternatives)) {
                violations.add(explanations.of(breach(error, document)));
            }
        }
        return List.copyOf(violations);
    }

    /** Where objects fit none of the alternatives; what each alternative has to say is then noise. */
    private static Set<String> alternatives(Collection<Error> errors) {
        Set<String> pointers = new LinkedHashSet<>();
        for (Error error : errors) {
            if (error.getKeyword().equals("oneOf")) {
                pointers.add(pointer(error.getEvaluationPath()));
            }
        }
        return pointers;
    }

    private static boolean insideAlternative(Error error, Set<String> alternatives) {
        String path = pointer(error.getEvaluationPath());
        return alternatives.stream().anyMatch(each -> path.startsWith(each + "/"));
    }

    private static Breach breach(Error error, JsonNode document) {
        String instance = pointer(error.getInstanceLocation());
        String property = error.getProperty();
        String schema = pointer(error.getSchemaLocation().getFragment());
        int last = schema.lastIndexOf('/');
        return new Breach(
                instance,
                property == null ? "" : property,
                error.getKeyword(),
                last < 0 ? "" : schema.substring(0, last),
                document.at(instance));
    }

    private static String pointer(NodePath path) {
        StringBuilder pointer = new StringBuilder();
        for (int i = 0; i < path.getNameCount(); i++) {
            pointer.append(Pointers.child("", String.valueOf(path.getElement(i))));
        }
        return pointer.toString();
    }
}
