package dev.plumbline.schemas.policies;

import dev.plumbline.schemas.problem.Position;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.validation.SchemaTree;
import dev.plumbline.schemas.validation.SchemaValidator;
import dev.plumbline.schemas.validation.Violation;
import dev.plumbline.schemas.yaml.PositionedDocument;
import dev.plumbline.schemas.yaml.YamlReader;
import java.util.List;
import java.util.Optional;

/**
 * Reads an organisation's policy data. Never throws because of what the file holds: everything that is wrong is a problem
 * with a position, and a file with a problem gives no data. Thread-safe.
 */
public final class PolicyDataReader {
    /** The name of its JSON Schema. */
    public static final String SCHEMA = "policies";

    private final YamlReader yaml = new YamlReader();
    private final SchemaValidator validator = new SchemaValidator();

    /**
     * What a file says.
     *
     * @param data empty exactly when there are problems
     */
    public record Reading(Optional<PolicyData> data, List<Problem> problems) {}

    /**
     * Reads one file; one without a document adds nothing to the rules.
     *
     * @param file path of the file, as problems are to name it
     */
    public Reading read(String file, byte[] bytes) {
        PolicyProblems problems = new PolicyProblems(file);
        Optional<PositionedDocument> document = document(bytes, problems);
        document.filter(sound -> problems.none()).ifPresent(sound -> checkSchema(sound, problems));
        PolicyData data = document.filter(fitting -> problems.none())
                .map(fitting -> new PolicyDataBinder(fitting, problems).bind())
                .orElse(PolicyData.NONE);
        return new Reading(problems.none() ? Optional.of(data) : Optional.empty(), problems.all());
    }

    private Optional<PositionedDocument> document(byte[] bytes, PolicyProblems problems) {
        var reading = yaml.read(bytes);
        reading.problems().forEach(problems::add);
        reading.documents().forEach(each -> each.problems().forEach(problems::add));
        if (reading.documents().size() > 1) {
            problems.add(
                    new Position(reading.documents().get(1).line(), 1),
                    "",
                    "one-document",
                    "policy data is one document, and here begins a second one",
                    Optional.of("put both under the same fields of one document"));
        }
        return reading.documents().stream().findFirst();
    }

    private void checkSchema(PositionedDocument document, PolicyProblems problems) {
        for (Violation violation : validator.validate(SchemaTree.named(SCHEMA), document.tree())) {
            problems.add(
                    violation.atKey()
                            ? document.places().keyAt(violation.pointer())
                            : document.places().valueAt(violation.pointer()),
                    violation.pointer(),
                    violation.code(),
                    violation.message(),
                    violation.hint());
        }
    }
}
