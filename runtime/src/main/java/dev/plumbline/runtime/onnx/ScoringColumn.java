package dev.plumbline.runtime.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.plumbline.runtime.RunInputs.Feature;
import dev.plumbline.schemas.model.ColumnType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One input column of a batch. */
sealed interface ScoringColumn extends AutoCloseable {
    /** The column for a feature. */
    static ScoringColumn of(Feature feature, OrtEnvironment environment) {
        return feature.type() == ColumnType.CATEGORY
                ? new Categories(feature, environment)
                : new Numbers(ModelSignature.input(feature.name()), environment);
    }

    /** The graph's name for it. */
    String name();

    /** Makes room for more rows than before; values are kept. */
    void room(int rows);

    default void number(int row, double value) {
        throw new IllegalArgumentException("column '" + name() + "' holds categories");
    }

    default void category(int row, String value) {
        throw new IllegalArgumentException("column '" + name() + "' holds numbers");
    }

    /** The first rows as a tensor, which lives until the next call. */
    OnnxTensor tensor(int rows) throws OrtException;

    @Override
    void close();

    /** Numbers, in a buffer that the tensor shares. */
    final class Numbers implements ScoringColumn {
        private final String name;
        private final OrtEnvironment environment;
        private DoubleBuffer values = buffer(1);
        private @Nullable OnnxTensor tensor;
        private int tensorRows;

        Numbers(String name, OrtEnvironment environment) {
            this.name = name;
            this.environment = environment;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void room(int rows) {
            close();
            values = buffer(rows).put(0, values, 0, values.capacity());
        }

        @Override
        public void number(int row, double value) {
            values.put(row, value);
        }

        @Override
        public OnnxTensor tensor(int rows) throws OrtException {
            if (tensor != null && tensorRows == rows) {
                return tensor;
            }
            close();
            OnnxTensor made = OnnxTensor.createTensor(environment, values.slice(0, rows), new long[] {rows, 1});
            tensor = made;
            tensorRows = rows;
            return made;
        }

        @Override
        public void close() {
            if (tensor != null) {
                tensor.close();
                tensor = null;
            }
        }

        private static DoubleBuffer buffer(int rows) {
            return ByteBuffer.allocateDirect(Math.multiplyExact(rows, Double.BYTES))
                    .order(ByteOrder.nativeOrder())
                    .asDoubleBuffer();
        }
    }

    /**
     * Categories. Texts are copied into the runtime for each tensor; a single row of a known category takes one that
     * was made before.
     */
    final class Categories implements ScoringColumn {
        private static final int MOST_KEPT = 256;

        private final String name;
        private final OrtEnvironment environment;
        private final Set<String> keepable;
        private final Map<String, OnnxTensor> kept = new HashMap<>();
        private String[] values = {RawColumn.MISSING_CATEGORY};
        private @Nullable OnnxTensor tensor;

        Categories(Feature feature, OrtEnvironment environment) {
            this.name = ModelSignature.input(feature.name());
            this.environment = environment;
            this.keepable = new HashSet<>(feature.values()
                    .subList(0, Math.min(MOST_KEPT, feature.values().size())));
            keepable.add(RawColumn.MISSING_CATEGORY);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void room(int rows) {
            values = Arrays.copyOf(values, rows);
        }

        @Override
        public void category(int row, String value) {
            values[row] = value;
        }

        @Override
        public OnnxTensor tensor(int rows) throws OrtException {
            if (rows == 1) {
                OnnxTensor known = kept.get(values[0]);
                if (known != null) {
                    return known;
                }
                if (keepable.contains(values[0])) {
                    OnnxTensor made = OnnxTensor.createTensor(environment, new String[] {values[0]}, new long[] {1, 1});
                    kept.put(values[0], made);
                    return made;
                }
            }
            release();
            OnnxTensor made = OnnxTensor.createTensor(environment, Arrays.copyOf(values, rows), new long[] {rows, 1});
            tensor = made;
            return made;
        }

        @Override
        public void close() {
            release();
            kept.values().forEach(OnnxTensor::close);
            kept.clear();
        }

        private void release() {
            if (tensor != null) {
                tensor.close();
                tensor = null;
            }
        }
    }
}
