package dev.plumbline.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.runtime.DeployOutcome;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Task;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A number outside of the bounds that the dataset declares is the client's error, in each protocol. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NumberBoundsTest {
    private static final String TOO_LARGE = "row 1: column 'tenure' is 340, above 120, the largest that it takes";
    private static final String TOO_SMALL = "row 1: column 'charges' is -5.25, below 18.5, the smallest that it takes";

    private final Map<Task, Served> served = new EnumMap<>(Task.class);

    @BeforeAll
    void serve(@TempDir Path state) throws Exception {
        for (Task task : List.of(Task.BINARY_CLASSIFICATION, Task.REGRESSION)) {
            Served plane = new Served(state.resolve(task.label()));
            served.put(task, plane);
            assertThat(plane.deploy("api", 1, Models.bounded(task))).isEqualTo(new DeployOutcome.Done());
        }
    }

    @AfterAll
    void stop() {
        served.values().forEach(Served::close);
    }

    static Stream<Arguments> protocols() {
        String rows = "[[0,18.5,'year','plus'],[TENURE,CHARGES,'year','plus']]";
        String texts = ",{'name':'contract','shape':[2],'datatype':'BYTES','data':['year',null]},"
                + "{'name':'plan','shape':[2],'datatype':'BYTES','data':['plus',null]}]}";
        return Stream.of(Task.BINARY_CLASSIFICATION, Task.REGRESSION)
                .flatMap(task -> Stream.of(
                        Arguments.of(task, "/v1/models/api:predict", "{'instances':" + rows + "}", "error"),
                        Arguments.of(
                                task,
                                "/v2/models/api/infer",
                                "{'inputs':[{'name':'tenure','shape':[2,1],'datatype':'INT64','data':[0,TENURE]},"
                                        + "{'name':'charges','shape':[2],'datatype':'FP64','data':[18.5,CHARGES]}"
                                        + texts,
                                "error"),
                        Arguments.of(
                                task,
                                "/invocations",
                                "{'dataframe_split':{'columns':['tenure','charges','contract','plan'],'data':" + rows
                                        + "}}",
                                "message"),
                        Arguments.of(task, "/invocations", "{'inputs':" + rows + "}", "message")));
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void refusesANumberBeyondTheColumnsBounds(Task task, String path, String body, String field) throws Exception {
        refused(post(task, path, body, "340", "20"), field, TOO_LARGE);
        refused(post(task, path, body, "120", "-5.25"), field, TOO_SMALL);
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void answersTheBoundsThemselvesAndMissingValues(Task task, String path, String body, String field)
            throws Exception {
        assertThat(post(task, path, body, "120", "1e30").statusCode()).isEqualTo(200);
        assertThat(post(task, path, body, "null", "null").statusCode()).isEqualTo(200);
    }

    private static void refused(HttpResponse<String> answer, String field, String message) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(Json.read(answer.body().getBytes(StandardCharsets.UTF_8))
                        .path(field)
                        .asString(""))
                .isEqualTo(message);
    }

    private HttpResponse<String> post(Task task, String path, String body, String tenure, String charges)
            throws Exception {
        String values = body.replace('\'', '"').replace("TENURE", tenure).replace("CHARGES", charges);
        return Objects.requireNonNull(served.get(task)).post(path, values);
    }
}
