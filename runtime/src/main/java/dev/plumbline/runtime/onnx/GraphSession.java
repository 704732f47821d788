package dev.plumbline.runtime.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.plumbline.runtime.RunInputs.Feature;
import dev.plumbline.schemas.model.ColumnType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A loaded graph over raw columns. Thread-safe: many threads may run it, and closing waits for those that do.
 *
 * <p>One thread computes one call, so that the answer does not depend on the number of processors and sessions hold no
 * threads of their own.
 */
final class GraphSession implements AutoCloseable {
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final List<String> names;
    private boolean closed;

    private GraphSession(OrtEnvironment environment, OrtSession session, List<String> names) {
        this.environment = environment;
        this.session = session;
        this.names = names;
    }

    static GraphSession open(byte[] graph, List<Feature> features) throws OrtException {
        OrtEnvironment environment =
                OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "plumbline");
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            List<String> names = features.stream()
                    .map(feature -> ModelSignature.input(feature.name()))
                    .toList();
            return new GraphSession(environment, environment.createSession(graph, options), names);
        }
    }

    /** What is done with the outputs while they live. */
    @FunctionalInterface
    interface Reader<T> {
        T read(OrtSession.Result outputs) throws OrtException;
    }

    /**
     * Runs rows {@code from} to {@code to} through the graph.
     *
     * @param columns one for each feature, in order
     */
    <T> T run(List<RawColumn> columns, int from, int to, Reader<T> reader) {
        use.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the model is closed");
            }
            return runOpen(columns, from, to, reader);
        } catch (OrtException failure) {
            throw new InferenceException("the graph could not be run on " + (to - from) + " rows", failure);
        } finally {
            use.readLock().unlock();
        }
    }

    private <T> T runOpen(List<RawColumn> columns, int from, int to, Reader<T> reader) throws OrtException {
        Map<String, OnnxTensor> inputs = LinkedHashMap.newLinkedHashMap(columns.size());
        try {
            addInputs(columns, from, to, inputs);
            try (OrtSession.Result outputs = session.run(inputs)) {
                return reader.read(outputs);
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private void addInputs(List<RawColumn> columns, int from, int to, Map<String, OnnxTensor> inputs)
            throws OrtException {
        int rows = to - from;
        long[] shape = {rows, 1};
        ByteBuffer numbers = numbers(columns, from, rows);
        int offset = 0;
        for (int index = 0; index < columns.size(); index++) {
            String name = names.get(index);
            switch (columns.get(index)) {
                case RawColumn.Numbers _ -> {
                    int bytes = rows * Double.BYTES;
                    ByteBuffer slice = numbers.slice(offset, bytes).order(ByteOrder.nativeOrder());
                    inputs.put(name, OnnxTensor.createTensor(environment, slice.asDoubleBuffer(), shape));
                    offset += bytes;
                }
                case RawColumn.Categories categories ->
                    inputs.put(name, OnnxTensor.createTensor(environment, part(categories, from, to), shape));
            }
        }
    }

    /** All numbers of the rows, column after column, in one buffer that the runtime reads without a copy. */
    private static ByteBuffer numbers(List<RawColumn> columns, int from, int rows) {
        int count = 0;
        for (RawColumn column : columns) {
            count += column instanceof RawColumn.Numbers ? 1 : 0;
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect(Math.multiplyExact(count * Double.BYTES, rows))
                .order(ByteOrder.nativeOrder());
        var values = buffer.asDoubleBuffer();
        for (RawColumn column : columns) {
            if (column instanceof RawColumn.Numbers given) {
                values.put(given.values(), from, rows);
            }
        }
        return buffer;
    }

    /**
     * Runs tensors that the caller keeps, one for each feature.
     *
     * @param requested outputs that the runtime allocates
     * @param pinned where other outputs are written, by their names
     */
    OrtSession.Result run(Map<String, OnnxTensor> inputs, Set<String> requested, Map<String, OnnxTensor> pinned) {
        use.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the model is closed");
            }
            return session.run(inputs, requested, pinned);
        } catch (OrtException failure) {
            throw new InferenceException("the graph could not be run", failure);
        } finally {
            use.readLock().unlock();
        }
    }

    OrtEnvironment environment() {
        return environment;
    }

    private static String[] part(RawColumn.Categories categories, int from, int to) {
        String[] values = categories.values();
        return from == 0 && to == values.length ? values : Arrays.copyOfRange(values, from, to);
    }

    /**
     * The columns in the graph's order.
     *
     * @throws IllegalArgumentException when a column is absent, of another type or of another length
     */
    static List<RawColumn> ordered(List<Feature> features, Map<String, RawColumn> columns) {
        List<RawColumn> ordered = new ArrayList<>(features.size());
        for (Feature feature : features) {
            RawColumn column = columns.get(feature.name());
            if (column == null) {
                throw new IllegalArgumentException("column '" + feature.name() + "' is absent");
            }
            ordered.add(column);
        }
        return ordered;
    }

    /** Checks type and length of each column, and gives the number of rows. */
    static int rows(List<Feature> features, List<RawColumn> columns) {
        if (columns.size() != features.size() || columns.isEmpty()) {
            throw new IllegalArgumentException(
                    "the model takes " + features.size() + " columns, not " + columns.size());
        }
        int rows = columns.getFirst().rows();
        for (int index = 0; index < columns.size(); index++) {
            RawColumn column = columns.get(index);
            Feature feature = features.get(index);
            boolean category = feature.type() == ColumnType.CATEGORY;
            if (category != (column instanceof RawColumn.Categories)) {
                throw new IllegalArgumentException(
                        "column '" + feature.name() + "' holds " + (category ? "categories" : "numbers"));
            }
            if (column.rows() != rows) {
                throw new IllegalArgumentException("column '" + feature.name() + "' has " + column.rows()
                        + " rows, and the first column has " + rows);
            }
        }
        return rows;
    }

    /** Ends it once no thread runs it any more; a second call does nothing. */
    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                session.close();
            }
        } catch (OrtException failure) {
            throw new InferenceException("the model's memory could not be released", failure);
        } finally {
            use.writeLock().unlock();
        }
    }
}
