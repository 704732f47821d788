package dev.plumbline.runtime.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.plumbline.runtime.RunInputs.Feature;
import dev.plumbline.schemas.model.Task;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Memory for the rows of one request, kept from request to request so that scoring allocates next to nothing: numbers
 * lie in buffers that the runtime reads in place, tensors are made anew only when the number of rows changes, and
 * answers are written into a buffer of ours. Used by one thread at a time.
 *
 * <p>A use is: {@link #rows}, then a value for every column and row, then {@link #run}, then the answers.
 */
public final class ScoringBatch implements AutoCloseable {
    private final ModelSignature signature;
    private final GraphSession session;
    private final List<ScoringColumn> columns = new ArrayList<>();
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
    private final Set<String> requested;
    private final int width;
    private int rows;
    private int room = 1;
    private int tensorRows;
    private @Nullable OnnxTensor answerTensor;
    private FloatBuffer answers = FloatBuffer.allocate(0);
    private String[] labels = {};

    ScoringBatch(ModelSignature signature, GraphSession session) {
        this.signature = signature;
        this.session = session;
        boolean regression = signature.task() == Task.REGRESSION;
        this.width = regression ? 1 : signature.classes().size();
        this.requested = regression ? Set.of() : Set.of(ModelSignature.LABEL);
        this.inputs = LinkedHashMap.newLinkedHashMap(signature.features().size());
        for (Feature feature : signature.features()) {
            columns.add(ScoringColumn.of(feature, session.environment()));
        }
    }

    /** Makes it hold so many rows. Rows that it held keep their values; those of further ones are not defined. */
    public void rows(int count) {
        rows = count;
        if (count > room) {
            room = Math.max(count, Math.multiplyExact(2, room));
            for (int column = 0; column < columns.size(); column++) {
                columns.get(column).room(room);
            }
        }
    }

    /** How many rows it holds. */
    public int rows() {
        return rows;
    }

    /** Sets a number; {@link Double#NaN} when it is missing. */
    public void number(int column, int row, double value) {
        columns.get(column).number(row, value);
    }

    /** Sets a category; {@link RawColumn#MISSING_CATEGORY} when it is missing. */
    public void category(int column, int row, String value) {
        columns.get(column).category(row, value);
    }

    /**
     * Scores the rows.
     *
     * @throws InferenceException when the runtime fails
     */
    public void run() {
        try {
            bindAnswers();
            for (int column = 0; column < columns.size(); column++) {
                ScoringColumn each = columns.get(column);
                inputs.put(each.name(), each.tensor(rows));
            }
            try (OrtSession.Result outputs = session.run(inputs, requested, pinned)) {
                if (!requested.isEmpty()) {
                    labels = (String[])
                            outputs.get(ModelSignature.LABEL).orElseThrow().getValue();
                }
            }
        } catch (OrtException failure) {
            throw new InferenceException("the rows could not be handed to the graph", failure);
        }
    }

    /** The predicted class of a row. */
    public String label(int row) {
        return labels[row];
    }

    /** The probability of a class in a row. */
    public float probability(int row, int index) {
        return answers.get(row * width + index);
    }

    /** The predicted number of a row. */
    public float value(int row) {
        return answers.get(row);
    }

    /** Whether every number of the answers to these rows is one. */
    public boolean finite(int first, int count) {
        for (int index = first * width; index < (first + count) * width; index++) {
            if (!Float.isFinite(answers.get(index))) {
                return false;
            }
        }
        return true;
    }

    private void bindAnswers() throws OrtException {
        if (tensorRows == rows && answerTensor != null) {
            return;
        }
        if (answerTensor != null) {
            answerTensor.close();
        }
        int count = Math.multiplyExact(rows, width);
        if (answers.capacity() < count || !answers.isDirect()) {
            answers = ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        long[] shape = requested.isEmpty() ? new long[] {rows} : new long[] {rows, width};
        OnnxTensor tensor = OnnxTensor.createTensor(session.environment(), answers.slice(0, count), shape);
        answerTensor = tensor;
        tensorRows = rows;
        pinned.put(requested.isEmpty() ? ModelSignature.VALUE : ModelSignature.PROBABILITIES, tensor);
    }

    /** Releases its memory. */
    @Override
    public void close() {
        columns.forEach(ScoringColumn::close);
        if (answerTensor != null) {
            answerTensor.close();
            answerTensor = null;
        }
    }

    /** What the model says about itself. */
    public ModelSignature signature() {
        return signature;
    }
}
