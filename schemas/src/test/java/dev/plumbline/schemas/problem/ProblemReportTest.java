package dev.plumbline.schemas.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ProblemReportTest {
    private static final Problem ERROR = new Problem(
            "models/a b.yaml",
            3,
            7,
            "/spec/task",
            "not-allowed",
            Severity.ERROR,
            "wrong",
            Optional.of("do right"),
            Optional.of(new ResourceId(Kind.MODEL, "a")));
    private static final Problem WARNING =
            new Problem("b.yaml", 1, 1, "", "odd", Severity.WARNING, "strange", Optional.empty(), Optional.empty());

    @Test
    void writesTheShapeThatScriptsRelyOn() {
        JsonNode json = new ProblemReport(2, 3, List.of(ERROR, WARNING)).json();
        assertThat(Json.line(json))
                .isEqualTo(
                        "{\"valid\":false,\"files\":2,\"specs\":3,\"problems\":[{\"file\":\"models/a b.yaml\",\"line\":3,"
                                + "\"column\":7,\"pointer\":\"/spec/task\",\"code\":\"not-allowed\",\"severity\":\"error\","
                                + "\"message\":\"wrong\",\"hint\":\"do right\",\"resource\":\"Model/a\"},{\"file\":\"b.yaml\","
                                + "\"line\":1,\"column\":1,\"pointer\":\"\",\"code\":\"odd\",\"severity\":\"warning\","
                                + "\"message\":\"strange\"}]}");
    }

    @Test
    void isValidDespiteWarnings() {
        ProblemReport report = new ProblemReport(1, 1, List.of(WARNING));
        assertThat(report.valid()).isTrue();
        assertThat(report.summary()).isEqualTo("1 file, 1 spec: 0 errors, 1 warning");
    }

    @Test
    void writesSarifThatNamesRuleLevelAndPlace() {
        JsonNode run = new ProblemReport(2, 3, List.of(ERROR, WARNING, ERROR))
                .sarif()
                .path("runs")
                .get(0);
        assertThat(run.path("tool").path("driver").path("rules").size()).isEqualTo(2);
        JsonNode result = run.path("results").get(2);
        assertThat(result.path("ruleId").asString()).isEqualTo("not-allowed");
        assertThat(result.path("ruleIndex").asInt()).isZero();
        assertThat(result.path("level").asString()).isEqualTo("error");
        assertThat(result.path("message").path("text").asString()).isEqualTo("wrong (do right)");
        JsonNode place = result.path("locations").get(0).path("physicalLocation");
        assertThat(place.path("artifactLocation").path("uri").asString()).isEqualTo("models/a%20b.yaml");
        assertThat(place.path("region").path("startLine").asInt()).isEqualTo(3);
        assertThat(place.path("region").path("startColumn").asInt()).isEqualTo(7);
    }
}
