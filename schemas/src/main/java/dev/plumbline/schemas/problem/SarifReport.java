package dev.plumbline.schemas.problem;

import dev.plumbline.schemas.json.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Problems in the form that code hosts show beside the lines of a change.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
final class SarifReport {
    private final List<String> rules;

    private SarifReport(List<Problem> problems) {
        Set<String> codes = new LinkedHashSet<>();
        problems.forEach(problem -> codes.add(problem.code()));
        rules = new ArrayList<>(codes);
    }

    static ObjectNode of(List<Problem> problems) {
        SarifReport report = new SarifReport(problems);
        ObjectNode log = Json.object();
        log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        log.put("version", "2.1.0");
        log.set("runs", Json.array().add(report.run(problems)));
        return log;
    }

    private ObjectNode run(List<Problem> problems) {
        ArrayNode descriptions = Json.array();
        rules.forEach(code -> descriptions.add(Json.object()
                .put("id", code)
                .set("shortDescription", Json.object().put("text", code.replace('-', ' ')))));
        ArrayNode results = Json.array();
        problems.forEach(problem -> results.add(result(problem)));
        ObjectNode driver = Json.object();
        driver.put("name", "plumbline");
        driver.set("rules", descriptions);
        ObjectNode run = Json.object();
        run.set("tool", Json.object().set("driver", driver));
        run.put("columnKind", "unicodeCodePoints");
        run.set("results", results);
        return run;
    }

    private ObjectNode result(Problem problem) {
        String text = problem.message()
                + problem.hint().map(hint -> " (" + hint + ")").orElse("");
        ObjectNode result = Json.object();
        result.put("ruleId", problem.code());
        result.put("ruleIndex", rules.indexOf(problem.code()));
        result.put("level", problem.severity().label());
        result.set("message", Json.object().put("text", text));
        result.set("locations", Json.array().add(location(problem)));
        return result;
    }

    private static ObjectNode location(Problem problem) {
        ObjectNode region = Json.object();
        region.put("startLine", problem.line());
        region.put("startColumn", problem.column());
        ObjectNode physical = Json.object();
        physical.set("artifactLocation", Json.object().put("uri", relative(problem.file())));
        physical.set("region", region);
        ObjectNode location = Json.object();
        location.set("physicalLocation", physical);
        if (!problem.pointer().isEmpty()) {
            location.set(
                    "logicalLocations", Json.array().add(Json.object().put("fullyQualifiedName", problem.pointer())));
        }
        return location;
    }

    private static String relative(String file) {
        try {
            return new URI(null, null, "/" + file, null).toASCIIString().substring(1);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("every path with a slash before it is the path of a URI", impossible);
        }
    }
}
