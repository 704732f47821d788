package dev.plumbline.schemas.problem;

import dev.plumbline.schemas.json.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was read and what is wrong with it, for people and for programs. Immutable.
 *
 * @param files how many spec files were read
 * @param specs how many specs they hold, sound or not
 */
public record ProblemReport(int files, int specs, List<Problem> problems) {
    public ProblemReport {
        problems = List.copyOf(problems);
    }

    /** Whether there is no error; warnings do not count. */
    public boolean valid() {
        return errors() == 0;
    }

    /** How many errors there are. */
    public long errors() {
        return problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .count();
    }

    /** The report as {@code plumb validate -o json} prints it. */
    public ObjectNode json() {
        ArrayNode list = Json.array();
        problems.forEach(problem -> list.add(json(problem)));
        ObjectNode report = Json.object();
        report.put("valid", valid());
        report.put("files", files);
        report.put("specs", specs);
        report.set("problems", list);
        return report;
    }

    /** One problem as every JSON document of ours shows it. */
    public static ObjectNode json(Problem problem) {
        ObjectNode node = Json.object();
        node.put("file", problem.file());
        node.put("line", problem.line());
        node.put("column", problem.column());
        node.put("pointer", problem.pointer());
        node.put("code", problem.code());
        node.put("severity", problem.severity().label());
        node.put("message", problem.message());
        problem.hint().ifPresent(hint -> node.put("hint", hint));
        problem.resource().ifPresent(resource -> node.put("resource", resource.toString()));
        return node;
    }

    /** The report for a terminal: a line for each problem, one for its hint, and a last line that counts. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Problem problem : problems) {
            text.append("%s:%d:%d: %s: %s [%s]%n"
                    .formatted(
                            problem.file(),
                            problem.line(),
                            problem.column(),
                            problem.severity().label(),
                            problem.message(),
                            problem.code()));
            problem.hint().ifPresent(hint -> text.append("    ").append(hint).append(System.lineSeparator()));
        }
        return text.append(summary()).append(System.lineSeparator()).toString();
    }

    /** How much was read and how much is wrong, in one line. */
    public String summary() {
        long errors = errors();
        long warnings = problems.size() - errors;
        return Counted.of(files, "file") + ", " + Counted.of(specs, "spec") + ": "
                + (errors == 0 && warnings == 0
                        ? "valid"
                        : Counted.of(errors, "error") + ", " + Counted.of(warnings, "warning"));
    }

    /** The report in the Static Analysis Results Interchange Format 2.1.0. */
    public ObjectNode sarif() {
        return SarifReport.of(problems);
    }
}
