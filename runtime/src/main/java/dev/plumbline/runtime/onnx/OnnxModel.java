package dev.plumbline.runtime.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.plumbline.schemas.model.Task;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A loaded artifact. Thread-safe; {@link #close} waits for predictions under way, and later ones are an
 * {@link IllegalStateException}.
 */
public final class OnnxModel implements AutoCloseable {
    private static final int BATCH = 4096;
    private static final long LARGEST_FILE = 1L << 30;

    private final ModelSignature signature;
    private final GraphSession session;

    private OnnxModel(ModelSignature signature, GraphSession session) {
        this.signature = signature;
        this.session = session;
    }

    /**
     * Loads an artifact from a file.
     *
     * @throws ModelRefusedException when it is not a model that Plumbline runs
     * @throws IOException when the file cannot be read
     */
    public static OnnxModel load(Path file) throws ModelRefusedException, IOException {
        if (Files.size(file) > LARGEST_FILE) {
            throw new ModelRefusedException("The model is larger than 1 GiB, which is the most that is loaded.");
        }
        return load(Files.readAllBytes(file));
    }

    /**
     * Loads an artifact from its bytes.
     *
     * @throws ModelRefusedException when it is not a model that Plumbline runs
     */
    public static OnnxModel load(byte[] bytes) throws ModelRefusedException {
        ModelSignature signature = ModelInspection.inspect(bytes);
        try {
            return new OnnxModel(signature, GraphSession.open(bytes, signature.features()));
        } catch (OrtException failure) {
            throw new ModelRefusedException("ONNX Runtime does not accept the model's graph.", failure);
        }
    }

    /** The version of ONNX Runtime that runs models here. */
    public static String runtimeVersion() {
        return OrtEnvironment.getEnvironment().getVersion();
    }

    /** What the artifact says about itself. */
    public ModelSignature signature() {
        return signature;
    }

    /**
     * Answers each row.
     *
     * @param columns a column for each feature, by its name; others are ignored
     * @throws IllegalArgumentException when a column is absent, of another type or of another length
     * @throws InferenceException when the runtime fails
     */
    public Predictions predict(Map<String, RawColumn> columns) {
        return predict(GraphSession.ordered(signature.features(), columns));
    }

    /**
     * Answers each row.
     *
     * @param columns a column for each feature, in the signature's order
     * @throws IllegalArgumentException when a column is of another type or of another length
     * @throws InferenceException when the runtime fails
     */
    public Predictions predict(List<RawColumn> columns) {
        int rows = GraphSession.rows(signature.features(), columns);
        return signature.task() == Task.REGRESSION ? values(columns, rows) : classes(columns, rows);
    }

    /** Memory for rows that are scored again and again; close it before the model. */
    public ScoringBatch batch() {
        return new ScoringBatch(signature, session);
    }

    private Predictions values(List<RawColumn> columns, int rows) {
        float[] values = new float[rows];
        for (int from = 0; from < rows; from += BATCH) {
            int start = from;
            int end = Math.min(rows, from + BATCH);
            session.run(columns, start, end, outputs -> {
                floats(outputs, ModelSignature.VALUE).get(values, start, end - start);
                return end;
            });
        }
        return new Predictions.Values(values);
    }

    private Predictions classes(List<RawColumn> columns, int rows) {
        int width = signature.classes().size();
        String[] labels = new String[rows];
        float[] probabilities = new float[Math.multiplyExact(rows, width)];
        for (int from = 0; from < rows; from += BATCH) {
            int start = from;
            int end = Math.min(rows, from + BATCH);
            session.run(columns, start, end, outputs -> {
                floats(outputs, ModelSignature.PROBABILITIES).get(probabilities, start * width, (end - start) * width);
                System.arraycopy(texts(outputs), 0, labels, start, end - start);
                return end;
            });
        }
        return new Predictions.Classes(signature.classes(), labels, probabilities);
    }

    private static FloatBuffer floats(OrtSession.Result outputs, String name) throws OrtException {
        return ((OnnxTensor) outputs.get(name).orElseThrow()).getFloatBuffer();
    }

    private static String[] texts(OrtSession.Result outputs) throws OrtException {
        return (String[]) outputs.get(ModelSignature.LABEL).orElseThrow().getValue();
    }

    /** Releases its memory once no prediction is under way; a second call does nothing. */
    @Override
    public void close() {
        session.close();
    }
}
