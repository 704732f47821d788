package dev.plumbline.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.runtime.DeployOutcome;
import dev.plumbline.runtime.serving.http.HttpLimits;
import dev.plumbline.schemas.json.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedRequestsTest {
    private static final int BODY_LIMIT = 1 << 20;

    private Served served;

    @BeforeAll
    void serve(@TempDir Path state) throws Exception {
        Duration tenSeconds = Duration.ofSeconds(10);
        served = new Served(state, new HttpLimits(BODY_LIMIT, 64 << 20, tenSeconds, tenSeconds, tenSeconds));
        assertThat(served.deploy("churn-api", 7, Models.overflowing())).isEqualTo(new DeployOutcome.Done());
    }

    @AfterAll
    void stop() {
        served.close();
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                row("'tenure':'three'", "row 0: column 'tenure' takes a number, not the text 'three'"),
                row("'tenure':true", "row 0: column 'tenure' takes a number, not true or false"),
                row("'tenure':[3]", "row 0: column 'tenure' takes a number, not an array or object"),
                row("'tenure':3.5", "row 0: column 'tenure' takes whole numbers, not 3.5"),
                row("'tenure':NaN", "row 0: column 'tenure' is NaN; send null for a missing value"),
                row("'tenure':Infinity", "row 0: column 'tenure' is infinite or beyond ±3.4e38"),
                row("'tenure':1e400", "row 0: column 'tenure' is infinite or beyond ±3.4e38"),
                row("'tenure':1e39", "row 0: column 'tenure' is infinite or beyond ±3.4e38"),
                row("'tenure':3,'tenure':4", "row 0: column 'tenure' is given twice"),
                row("'tenur':3", "row 0: the model takes no column 'tenur'; remove it"),
                row("'contract':5", "row 0: column 'contract' takes a text such as 'month', not a number"),
                row(
                        "'contract':'weekly'",
                        "row 0: column 'contract' does not know the category 'weekly'; it is one of 'month', 'year'"),
                body(
                        "{'instances':[{'tenure':3,'contract':'year','plan':null}]}",
                        "row 0: column 'charges' is missing"),
                body("{'instances':[[1,2,'year',null],[1,2,'year']]}", "row 1 is ragged: it has 3 of 4 values"),
                body("{'instances':[[1,2,'year',null,5]]}", "row 0 is ragged: it has more than 4 values"),
                body("{'instances':[3]}", "instances[0] must be an object"),
                body("{'instances':[]}", "'instances' holds no rows"),
                body("{'instances':{}}", "'instances' must be an array"),
                body("{'rows':[]}", "the body has a field 'rows' that is not known"),
                body("{'instances':[[1,2,'year',null]],'inputs':[]}", "the body gives its rows twice"),
                body("{}", "the body lacks 'instances'"),
                body("[]", "the body must be a JSON object"),
                body("", "the body must be a JSON object"),
                body("{'instances':[[1,2,'year'", "the body is not valid JSON (line 1, column 26)"),
                body("{'instances':[[1,2,'year',null]]} x", "the body"),
                body("{'instances':" + "[".repeat(100_000), "row 0: column 'tenure' takes a number, not an array"),
                body("{'instances':[[1" + "0".repeat(1000) + ",2,'year',null]]}", "too long"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void namesWhatIsWrongWithRows(String body, String message) throws Exception {
        refused("/v1/models/churn-api:predict", body, 400, message);
    }

    static Stream<Arguments> tensors() {
        return Stream.of(
                tensor(
                        "'shape':[1,1],'datatype':'FP32','data':['3']",
                        "row 0: column 'tenure' takes a number, not the"),
                tensor("'shape':[1,1],'datatype':'INT64','data':[3.5]", "row 0: column 'tenure' takes whole numbers"),
                tensor(
                        "'shape':[1,1],'datatype':'INT64','data':[true]",
                        "row 0: column 'tenure' takes numbers or null"),
                tensor("'shape':[1,1],'datatype':'FP64','data':[NaN]", "row 0: column 'tenure' is NaN"),
                tensor(
                        "'shape':[1,1],'datatype':'FP64','data':[-1e39]",
                        "row 0: column 'tenure' is infinite or beyond"),
                tensor(
                        "'shape':[1,1],'datatype':'BYTES','data':['3']",
                        "input 'tenure' has datatype INT64, not 'BYTES'"),
                tensor("'shape':[1,1],'datatype':'FP16','data':[3]", "input 'tenure' has datatype INT64, not 'FP16'"),
                tensor("'shape':[1,2],'datatype':'FP64','data':[3,4]", "input 'tenure' takes the shape [n,1] or [n]"),
                tensor("'shape':[0],'datatype':'FP64','data':[]", "input 'tenure' takes the shape [n,1] or [n]"),
                tensor("'shape':[-1,1],'datatype':'FP64','data':[3]", "with n of at least 1, not [?,1]"),
                tensor("'shape':[2147483648,2147483648],'datatype':'FP64','data':[3]", "not [?,?]"),
                tensor("'shape':[2,1],'datatype':'FP64','data':[3]", "has the shape [2,1], but its data has 1 values"),
                tensor("'shape':[2,1],'datatype':'FP64','data':[[3],[]]", "the data of input 'tenure' is ragged"),
                tensor("'shape':[2,1],'datatype':'FP64','data':[[3],4]", "the data of input 'tenure' is ragged"),
                tensor("'datatype':'FP64','data':[3]", "inputs[0] 'tenure' lacks 'shape'"),
                tensor("'shape':[1],'datatype':'FP64'", "inputs[0] 'tenure' lacks 'data'"),
                tensor(
                        "'shape':[1],'datatype':'FP64','parameters':{'binary_data_size':8},'data':[3]",
                        "binary tensor data is not supported"),
                tensor("'shape':[1],'datatype':'FP64','data':[3],'more':1", "inputs[0] has a field 'more'"),
                Arguments.of(tensors("'name':'x','shape':[1],'datatype':'FP64','data':[3]"), "takes no input 'x'"),
                Arguments.of("{'inputs':[]}", "input 'tenure' is missing"),
                Arguments.of("{'inputs':[" + input("tenure") + "," + input("tenure") + "]}", "'tenure' is given twice"),
                Arguments.of(
                        "{'inputs':[" + input("tenure")
                                + ",{'name':'charges','shape':[2],'datatype':'FP64','data':[1,2]}]}",
                        "input 'charges' has 2 rows, but the inputs before it have 1"),
                Arguments.of("{'outputs':[{'name':'score'}],'inputs':[]}", "the model has no output 'score'"),
                Arguments.of("{'parameters':" + "[".repeat(100_000), "the body is nested deeper than 32 levels"),
                Arguments.of("{'inputs':[{'data':" + "[".repeat(100_000), "the body is nested deeper than 32 levels"),
                Arguments.of("{'id':7,'inputs':[]}", "'id' must be a text"),
                Arguments.of("{'instances':[]}", "the body has a field 'instances' that is not known"),
                Arguments.of("{'id':'7'}", "the body lacks 'inputs'"));
    }

    @ParameterizedTest
    @MethodSource("tensors")
    void namesWhatIsWrongWithTensors(String body, String message) throws Exception {
        refused("/v2/models/churn-api/infer", body, 400, message);
    }

    @Test
    void refusesMoreRowsThanTheEndpointTakes() throws Exception {
        String rows = "{'instances':[" + "[1,2,'year',null],".repeat(1000) + "[1,2,'year',null]]}";
        refused("/v1/models/churn-api:predict", rows, 413, "the request has more than 1000 rows");
        String values = "1,".repeat(1000) + "1";
        refused(
                "/v2/models/churn-api/infer",
                tensors("'name':'tenure','shape':[1001,1],'datatype':'FP64','data':[" + values + "]"),
                413,
                "the request has more than 1000 rows");
    }

    @Test
    void refusesBodiesThatAreTooLarge() throws Exception {
        String large = "{'instances':[" + " ".repeat(BODY_LIMIT) + "]}";
        refused("/v1/models/churn-api:predict", large, 413, "the body is larger than 1048576 bytes; send fewer rows");
    }

    @Test
    void refusesOtherContentTypesAndEncodings() throws Exception {
        String path = "/v1/models/churn-api:predict";
        assertThat(served.post(path, "{}", "Content-Type", "text/csv").statusCode())
                .isEqualTo(415);
        assertThat(served.post(path, "{}", "Content-Type", "application/json; charset=latin1")
                        .statusCode())
                .isEqualTo(415);
        HttpResponse<String> compressed =
                served.post(path, "{}", "Content-Type", "application/json", "Content-Encoding", "gzip");
        assertThat(compressed.statusCode()).isEqualTo(415);
        assertThat(compressed.body()).contains("the body must not be compressed; it says 'gzip'");
        String row = "{\"instances\":[" + Served.ROW + "]}";
        assertThat(served.post(path, row, "Content-Type", "application/json; charset=UTF-8")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesUnknownPathsModelsAndMethods() throws Exception {
        refused("/v1/models/other:predict", "{}", 404, "there is no endpoint 'other'");
        refused("/v2/models/churn-api/explain", "{}", 404, "there is nothing at");
        assertThat(served.get("/v2/models/other/ready").statusCode()).isEqualTo(404);
        HttpResponse<String> get = served.get("/v2/models/churn-api/infer");
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("Allow")).hasValue("POST");
        assertThat(served.get("/").statusCode()).isEqualTo(404);
        assertThat(served.get("/endpoints").statusCode()).isEqualTo(404);
    }

    @Test
    void answersAndCountsANumberThatIsNone() throws Exception {
        refused(
                "/v1/models/churn-api:predict",
                "{'instances':[[1000000,2,'year',null]]}",
                500,
                "the model answered with a number that is none");
        assertThat(served.get("/metrics").body())
                .contains("plumbline_serving_invalid_outputs_total{serving=\"churn-api\",version=\"v7\"} 1.0");
    }

    @Test
    void answersMlflowFormsInItsOwnErrors() throws Exception {
        String split =
                "{'dataframe_split':{'columns':['plan','contract','charges','tenure'],'data':[['plus','year',2.5,1]]}}";
        String records = "{\"dataframe_records\":[" + Served.ROW + "]}";
        assertThat(served.post("/invocations", split.replace('\'', '"')).body())
                .startsWith("{\"predictions\":[{\"label\"");
        assertThat(served.post("/invocations", records).body()).startsWith("{\"predictions\":[{\"label\"");

        HttpResponse<String> refused = served.post("/invocations", "{\"dataframe_split\":{\"columns\":[\"plan\"]}}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .isEqualTo("{\"error_code\":\"BAD_REQUEST\",\"message\":\"column 'tenure' is missing\"}");
    }

    private void refused(String path, String body, int status, String message) throws Exception {
        HttpResponse<String> answer = served.post(path, body.replace('\'', '"'));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("X-Plumbline-Version")).isEmpty();
        String error = Json.read(answer.body().getBytes(StandardCharsets.UTF_8))
                .path("error")
                .asString("");
        assertThat(error).contains(message).doesNotContain("/tmp").doesNotContain("Exception");
    }

    private static Arguments row(String fields, String message) {
        return body(
                "{'instances':[{" + fields
                        + ",'charges':1,'contract':'year','plan':'plus'}]}"
                                .replace(fields.contains("contract") ? ",'contract':'year'" : "@", ""),
                message);
    }

    private static Arguments body(String body, String message) {
        return Arguments.of(body, message);
    }

    private static Arguments tensor(String fields, String message) {
        return Arguments.of(tensors("'name':'tenure'," + fields), message);
    }

    private static String tensors(String input) {
        return "{'inputs':[{" + input + "}]}";
    }

    private static String input(String name) {
        return "{'name':'" + name + "','shape':[1],'datatype':'FP64','data':[1]}";
    }
}
