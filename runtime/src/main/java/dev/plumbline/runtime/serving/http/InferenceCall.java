package dev.plumbline.runtime.serving.http;

import dev.plumbline.runtime.onnx.ScoringBatch;
import dev.plumbline.runtime.serving.endpoint.Endpoint;
import dev.plumbline.runtime.serving.endpoint.ServedModel;

/** One request while it is decoded, scored and answered. Used by one thread after the other. */
final class InferenceCall {
    final Endpoint endpoint;
    final ServedModel model;
    final ScoringBatch batch;

    /** The client's own id of the request, quoted; empty when it gave none. */
    byte[] id = {};

    /** Which outputs the client wants. */
    boolean wantsLabel = true;

    boolean wantsProbabilities = true;

    InferenceCall(Endpoint endpoint, ServedModel model) {
        this.endpoint = endpoint;
        this.model = model;
        this.batch = model.borrow();
    }

    /** Gives back what it holds. */
    void release() {
        model.giveBack(batch);
        model.release();
    }

    int mostRows() {
        return endpoint.configuration().limits().maxRows();
    }
}
