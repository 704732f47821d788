package dev.plumbline.runtime.serving.http;

import dev.plumbline.runtime.monitoring.EndpointWindow;
import dev.plumbline.runtime.monitoring.PredictionScale;
import dev.plumbline.runtime.onnx.InferenceException;
import dev.plumbline.runtime.onnx.ScoringBatch;
import dev.plumbline.runtime.serving.endpoint.Endpoint;
import dev.plumbline.runtime.serving.endpoint.LiveEndpoints;
import dev.plumbline.runtime.serving.endpoint.ServedModel;
import dev.plumbline.runtime.serving.http.protocol.Cells;
import dev.plumbline.runtime.serving.http.protocol.InferenceCall;
import dev.plumbline.runtime.serving.http.protocol.JsonBytes;
import dev.plumbline.runtime.serving.http.protocol.Protocol;
import dev.plumbline.runtime.serving.http.protocol.RequestRefused;
import dev.plumbline.schemas.model.Task;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done for one inference, step by step, on whichever thread does it. Thread-safe. */
final class InferenceFlow {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceFlow.class);

    private final LongSupplier nanoTime;

    InferenceFlow(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    static Endpoint find(LiveEndpoints endpoints, String name) throws RequestRefused {
        Endpoint endpoint = endpoints.find(name);
        if (endpoint == null) {
            throw RequestRefused.notFound("there is no endpoint " + Cells.shown(name));
        }
        return endpoint;
    }

    /** The version that the endpoint serves, if it is the one asked for. */
    static ServedModel serving(Endpoint endpoint, String version) throws RequestRefused {
        ServedModel model = endpoint.model();
        if (model == null) {
            if (!endpoint.ready()) {
                throw RequestRefused.unavailable(endpoint.name() + " cannot answer: " + endpoint.fault());
            }
            throw RequestRefused.notFound(endpoint.name() + " serves no version: "
                    + endpoint.configuration().reason());
        }
        if (!version.isEmpty() && !version.equals(model.label())) {
            throw RequestRefused.notFound(
                    endpoint.name() + " does not serve " + Cells.shown(version) + " now; it serves " + model.label());
        }
        return model;
    }

    /**
     * Runs the rows of a batch through its model.
     *
     * @param endpoint whose meters count the run
     * @throws InferenceException when the runtime fails
     */
    void score(Endpoint endpoint, ServedModel model, ScoringBatch batch) {
        long before = nanoTime.getAsLong();
        batch.run();
        long took = nanoTime.getAsLong() - before;
        model.runTimes().measured(batch.rows(), took);
        if (endpoint.meters() != null) {
            endpoint.meters().ran(took);
        }
    }

    /** The answer to a request whose rows were scored. */
    JsonBytes encode(Protocol protocol, InferenceCall call) throws RequestRefused {
        if (!call.batch().finite(call.firstRow(), call.rows())) {
            if (call.endpoint().meters() != null) {
                call.endpoint().meters().invalidOutput();
            }
            throw RequestRefused.failed("the model answered with a number that is none (NaN or infinite)");
        }
        return protocol.encode(call);
    }

    /** What the client is told when the runtime failed; the log has the rest. */
    RequestRefused failed(InferenceCall call, InferenceException failure) {
        LOG.error(
                "inference failed serving={} version={}",
                call.endpoint().name(),
                call.model().name(),
                failure);
        return RequestRefused.failed("the model could not answer these rows; the server's log says why");
    }

    /** Counts an answer: in the version's meters, and in the window when the endpoint is watched. */
    void count(Endpoint endpoint, int status, int rows, long started) {
        long took = nanoTime.getAsLong() - started;
        if (endpoint.meters() != null) {
            endpoint.meters().answered(status, rows, took);
        }
        if (endpoint.window() != null) {
            endpoint.window().request(status < 400 ? rows : 0, took, status >= 500);
        }
    }

    /** Counts what was predicted, when the endpoint is watched. */
    void countPredictions(InferenceCall call) {
        EndpointWindow window = call.endpoint().window();
        if (window == null) {
            return;
        }
        ScoringBatch batch = call.batch();
        PredictionScale scale = call.model().scale();
        boolean regression = call.model().signature().task() == Task.REGRESSION;
        for (int row = call.firstRow(); row < call.firstRow() + call.rows(); row++) {
            window.prediction(
                    scale,
                    regression
                            ? PredictionScale.ofValue(batch.value(row))
                            : PredictionScale.ofClass(call.model().classIndex(batch.label(row))));
        }
    }
}
