package dev.plumbline.schemas.card;

import dev.plumbline.schemas.problem.Position;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.problem.Severity;
import dev.plumbline.schemas.validation.SchemaTree;
import dev.plumbline.schemas.validation.SchemaValidator;
import dev.plumbline.schemas.validation.Violation;
import dev.plumbline.schemas.yaml.CharacterScan;
import dev.plumbline.schemas.yaml.PositionedDocument;
import dev.plumbline.schemas.yaml.YamlProblem;
import dev.plumbline.schemas.yaml.YamlReader;
import dev.plumbline.schemas.yaml.YamlReading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads model cards. Never throws because of what the file holds: everything that is wrong is a problem with a position, and
 * what can be read beside it is read. Thread-safe.
 */
public final class CardReader {
    /** The name of the JSON Schema of a card's head. */
    public static final String SCHEMA = "card";

    /** What a card may have; whoever reads the file reads one byte more, to see that there are more. */
    public static final int MOST_BYTES = 256 << 10;

    private final YamlReader yaml = new YamlReader();
    private final SchemaValidator validator = new SchemaValidator();

    /**
     * Reads one card.
     *
     * @param file path of the file, as problems are to name it
     */
    public ModelCard read(String file, byte[] bytes) {
        return switch (CardParts.of(bytes)) {
            case CardParts.Refused(YamlProblem problem) ->
                new ModelCard(file, CardHead.NONE, List.of(), List.of(), List.of(problem(file, problem)), "");
            case CardParts.Text(String head, String body, int bodyLine) -> {
                List<Problem> problems = new ArrayList<>();
                CardHead read = head.isEmpty() ? CardHead.NONE : head(file, head, problems);
                CharacterScan.problems(body, bodyLine).forEach(each -> problems.add(problem(file, each)));
                CardMarkdown text = CardMarkdown.read(body, bodyLine);
                text.problems().forEach(each -> problems.add(problem(file, each)));
                yield new ModelCard(file, read, text.introduction(), text.sections(), problems, body);
            }
        };
    }

    private CardHead head(String file, String head, List<Problem> problems) {
        YamlReading reading = yaml.read(head.getBytes(StandardCharsets.UTF_8));
        reading.problems().forEach(each -> problems.add(problem(file, each)));
        Optional<PositionedDocument> document = reading.documents().stream().findFirst();
        document.ifPresent(each -> {
            each.problems().forEach(wrong -> problems.add(problem(file, wrong)));
            if (each.problems().isEmpty()) {
                validator
                        .validate(SchemaTree.named(SCHEMA), each.tree())
                        .forEach(violation -> problems.add(problem(file, each, violation)));
            }
        });
        return new CardHead(document);
    }

    private static Problem problem(String file, PositionedDocument document, Violation violation) {
        Position position = violation.atKey()
                ? document.places().keyAt(violation.pointer())
                : document.places().valueAt(violation.pointer());
        return problem(
                file,
                new YamlProblem(
                        position, violation.pointer(), violation.code(), violation.message(), violation.hint()));
    }

    private static Problem problem(String file, YamlProblem problem) {
        return new Problem(
                file,
                problem.position().line(),
                problem.position().column(),
                problem.pointer(),
                problem.code(),
                Severity.ERROR,
                problem.message(),
                problem.hint(),
                Optional.empty());
    }
}
