package dev.plumbline.runtime.training.job;

import dev.plumbline.runtime.onnx.FeatureTransform;
import dev.plumbline.runtime.onnx.RawColumn;
import dev.plumbline.runtime.training.fitting.FittedModel;
import dev.plumbline.runtime.training.fitting.FittingException;
import java.util.List;

/** An artifact beside the model that it was written from. */
final class TrainedModel implements AutoCloseable {
    private final byte[] artifact;
    private final FeatureTransform transform;
    private final FittedModel.Original original;

    TrainedModel(byte[] artifact, FeatureTransform transform, FittedModel.Original original) {
        this.artifact = artifact;
        this.transform = transform;
        this.original = original;
    }

    /** The ONNX bytes. Not a copy: do not change it. */
    byte[] artifact() {
        return artifact;
    }

    /** What the fitting library itself answers to raw rows: a probability per class, or one number. */
    double[][] original(List<RawColumn> columns) throws FittingException {
        return original.predict(List.of(transform.apply(columns)));
    }

    @Override
    public void close() {
        transform.close();
    }
}
