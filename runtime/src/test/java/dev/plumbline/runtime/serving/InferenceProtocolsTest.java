package dev.plumbline.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.runtime.DeployOutcome;
import dev.plumbline.schemas.json.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InferenceProtocolsTest {
    private static final String TENSORS = """
            {"id":"a\\"7","inputs":[
              {"name":"tenure","shape":[2,1],"datatype":"INT64","data":[[3],[null]]},
              {"data":[29.5,30],"datatype":"FP64","shape":[2],"name":"charges"},
              {"name":"contract","shape":[2,1],"datatype":"BYTES","data":["month","year"]},
              {"name":"plan","shape":[2,1],"datatype":"BYTES","parameters":{"content_type":"str"},"data":["gold",null]}
            ]}""";

    private Served served;

    @BeforeAll
    void serve(@TempDir Path state) throws Exception {
        served = new Served(state);
        assertThat(served.deploy("churn-api", 7, Models.classifier(2))).isEqualTo(new DeployOutcome.Done());
        assertThat(served.deploy("price-api", 2, Models.regressor(3.5f))).isEqualTo(new DeployOutcome.Done());
        assertThat(served.plane().deploy(Served.nothing("empty-api", "no version was promoted yet")))
                .isEqualTo(new DeployOutcome.Done());
    }

    @AfterAll
    void stop() {
        served.close();
    }

    @Test
    void answersRowsWithLabelAndProbabilities() throws Exception {
        HttpResponse<String> answer = served.post(
                "/v1/models/churn-api:predict", "{\"instances\":[" + Served.ROW + ",[1,2.5,\"year\",null]]}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Plumbline-Version")).hasValue("churn/v7");
        JsonNode predictions = json(answer).path("predictions");
        assertThat(predictions).hasSize(2);
        assertThat(predictions.path(0).path("label").asString()).isEqualTo("yes");
        double yes = predictions.path(0).path("probabilities").path("yes").asDouble();
        double no = predictions.path(0).path("probabilities").path("no").asDouble();
        assertThat(yes).isBetween(0.880, 0.882);
        assertThat(yes + no).isBetween(0.9999, 1.0001);
    }

    @Test
    void answersRegressionRowsWithAValue() throws Exception {
        HttpResponse<String> answer = served.post("/v1/models/price-api:predict", "{\"inputs\":[" + Served.ROW + "]}");

        assertThat(answer.body()).isEqualTo("{\"predictions\":[{\"value\":3.5}]}");
    }

    @Test
    void answersTensorsOfTheOpenInferenceProtocol() throws Exception {
        HttpResponse<String> answer = served.post("/v2/models/churn-api/infer", TENSORS);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Plumbline-Version")).hasValue("churn/v7");
        JsonNode body = json(answer);
        assertThat(body.path("model_name").asString()).isEqualTo("churn-api");
        assertThat(body.path("model_version").asString()).isEqualTo("v7");
        assertThat(body.path("id").asString()).isEqualTo("a\"7");
        JsonNode label = body.path("outputs").path(0);
        assertThat(label.toString())
                .isEqualTo("{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[\"yes\",\"yes\"]}");
        JsonNode probabilities = body.path("outputs").path(1);
        assertThat(probabilities.path("shape").toString()).isEqualTo("[2,2]");
        assertThat(probabilities.path("parameters").path("classes").toString()).isEqualTo("[\"no\",\"yes\"]");
        assertThat(probabilities.path("data")).hasSize(4);
    }

    @Test
    void givesOnlyTheOutputsThatAreAskedFor() throws Exception {
        String asked = TENSORS.substring(0, TENSORS.length() - 1) + ",\"outputs\":[{\"name\":\"probabilities\"}]}";

        JsonNode outputs = json(served.post("/v2/models/churn-api/versions/v7/infer", asked))
                .path("outputs");

        assertThat(outputs).hasSize(1);
        assertThat(outputs.path(0).path("name").asString()).isEqualTo("probabilities");
    }

    @Test
    void answersRegressionTensorsWithAValue() throws Exception {
        JsonNode outputs =
                json(served.post("/v2/models/price-api/infer", TENSORS)).path("outputs");

        assertThat(outputs.toString())
                .isEqualTo("[{\"name\":\"value\",\"datatype\":\"FP32\",\"shape\":[2],\"data\":[3.5,3.5]}]");
    }

    @Test
    void describesItsModels() throws Exception {
        assertThat(served.get("/v2").body())
                .isEqualTo(served.get("/v2/").body())
                .contains("\"extensions\":[]");
        assertThat(served.get("/v2/models").body())
                .isEqualTo("{\"models\":[\"churn-api\",\"empty-api\",\"price-api\"]}");
        JsonNode metadata = json(served.get("/v2/models/churn-api"));
        assertThat(metadata.path("platform").asString()).isEqualTo("onnx_onnxv1");
        assertThat(metadata.path("versions").toString()).isEqualTo("[\"v7\"]");
        assertThat(metadata.path("inputs").path(0).toString())
                .isEqualTo("{\"name\":\"tenure\",\"datatype\":\"INT64\",\"shape\":[-1,1]}");
        assertThat(metadata.path("outputs").path(1).path("shape").toString()).isEqualTo("[-1,2]");
        assertThat(served.get("/v2/models/churn-api/ready").body())
                .isEqualTo("{\"name\":\"churn-api\",\"ready\":true}")
                .isEqualTo(served.get("/v1/models/churn-api").body());
        assertThat(served.get("/v2/health/live").body()).isEqualTo("{\"live\":true}");
        assertThat(served.get("/health/ready").body()).isEqualTo("{\"ready\":true}");
    }

    @Test
    void answersOnlyForTheVersionThatServes() throws Exception {
        assertThat(served.get("/v2/models/churn-api/versions/v7/ready").statusCode())
                .isEqualTo(200);
        HttpResponse<String> other = served.get("/v2/models/churn-api/versions/v6");
        assertThat(other.statusCode()).isEqualTo(404);
        assertThat(other.body()).isEqualTo("{\"error\":\"churn-api does not serve 'v6' now; it serves v7\"}");
    }

    @Test
    void saysWhyThereIsNoVersion() throws Exception {
        HttpResponse<String> answer = served.post("/v2/models/empty-api/infer", TENSORS);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"error\":\"empty-api serves no version: no version was promoted yet\"}");
    }

    @Test
    void exposesRequestsErrorsAndLatency() throws Exception {
        served.post("/v1/models/churn-api:predict", "{\"instances\":[" + Served.ROW + "]}");
        served.post("/v1/models/churn-api:predict", "{}");

        String metrics = served.get("/metrics").body();

        assertThat(metrics)
                .contains("plumbline_serving_latency_seconds_bucket{serving=\"churn-api\",version=\"v7\",le=\"0.001\"}")
                .contains("plumbline_serving_errors_total{code=\"400\",serving=\"churn-api\",version=\"v7\"}")
                .contains("plumbline_serving_queue_depth{serving=\"churn-api\"}")
                .contains("plumbline_serving_run_seconds_count{serving=\"churn-api\",version=\"v7\"}")
                .contains("plumbline_serving_window_predictions{prediction=\"yes\",serving=\"churn-api\"}");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.read(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
