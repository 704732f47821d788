package dev.plumbline.runtime.serving.http;

import dev.plumbline.runtime.onnx.ScoringBatch;
import dev.plumbline.runtime.serving.endpoint.Endpoint;
import dev.plumbline.runtime.serving.endpoint.ServedModel;

/** One request while it is decoded, scored and answered. Used by one thread after the other. */
final class InferenceCall {
    final Endpoint endpoint;
    final ServedModel model;

    /** Where its rows are; those of other requests may lie beside them. */
    final ScoringBatch batch;

    /** The first of its rows in the batch. */
    final int firstRow;

    /** How many rows it has. */
    int rows;

    /** The client's own id of the request, quoted; empty when it gave none. */
    byte[] id = {};

    /** Which outputs the client wants. */
    boolean wantsLabel = true;

    boolean wantsProbabilities = true;

    InferenceCall(Endpoint endpoint, ServedModel model, ScoringBatch batch) {
        this.endpoint = endpoint;
        this.model = model;
        this.batch = batch;
        this.firstRow = batch.rows();
    }

    /** Makes room for so many rows of this request. */
    void rows(int count) {
        rows = count;
        batch.rows(firstRow + count);
    }

    int mostRows() {
        return endpoint.configuration().limits().maxRows();
    }
}
