package dev.plumbline.runtime.serving.http.protocol;

import dev.plumbline.runtime.onnx.ScoringBatch;
import dev.plumbline.runtime.serving.endpoint.Endpoint;
import dev.plumbline.runtime.serving.endpoint.ServedModel;

/** One request while it is decoded, scored and answered. Used by one thread after the other. */
public final class InferenceCall {
    private final Endpoint endpoint;
    private final ServedModel model;
    private final ScoringBatch batch;
    private final int firstRow;
    private int rows;

    /** The client's own id of the request, quoted; empty when it gave none. */
    byte[] id = {};

    /** Which outputs the client wants. */
    boolean wantsLabel = true;

    boolean wantsProbabilities = true;

    /** A request whose rows come behind those that the batch has. */
    public InferenceCall(Endpoint endpoint, ServedModel model, ScoringBatch batch) {
        this.endpoint = endpoint;
        this.model = model;
        this.batch = batch;
        this.firstRow = batch.rows();
    }

    /** Who is asked. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** The version that answers. */
    public ServedModel model() {
        return model;
    }

    /** Where its rows are; those of other requests may lie beside them. */
    public ScoringBatch batch() {
        return batch;
    }

    /** The first of its rows in the batch. */
    public int firstRow() {
        return firstRow;
    }

    /** How many rows it has. */
    public int rows() {
        return rows;
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
