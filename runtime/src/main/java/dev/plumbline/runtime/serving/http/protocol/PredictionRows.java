package dev.plumbline.runtime.serving.http.protocol;

import dev.plumbline.runtime.onnx.ScoringBatch;
import dev.plumbline.schemas.model.Task;
import java.util.List;

/** Writes answers as rows: {@code {"predictions":[{"label":…,"probabilities":{…}}]}}. */
final class PredictionRows {
    private PredictionRows() {}

    static JsonBytes encode(InferenceCall call) {
        ScoringBatch batch = call.batch();
        boolean regression = call.model().signature().task() == Task.REGRESSION;
        List<byte[]> classes = call.model().quotedClasses();
        JsonBytes json = new JsonBytes(32 + call.rows() * (regression ? 24 : 40 + 32 * classes.size()));
        json.raw("{\"predictions\":[");
        for (int row = call.firstRow(); row < call.firstRow() + call.rows(); row++) {
            if (row > call.firstRow()) {
                json.raw(',');
            }
            if (regression) {
                json.raw("{\"value\":").number(batch.value(row)).raw('}');
            } else {
                json.raw("{\"label\":").string(batch.label(row)).raw(",\"probabilities\":{");
                for (int index = 0; index < classes.size(); index++) {
                    if (index > 0) {
                        json.raw(',');
                    }
                    json.raw(classes.get(index)).raw(':').number(batch.probability(row, index));
                }
                json.raw("}}");
            }
        }
        return json.raw("]}");
    }
}
