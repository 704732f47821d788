package dev.plumbline.runtime.serving.endpoint;

import dev.plumbline.runtime.EndpointConfiguration.ServedVersion;
import dev.plumbline.runtime.monitoring.PredictionScale;
import dev.plumbline.runtime.onnx.ModelSignature;
import dev.plumbline.runtime.onnx.OnnxModel;
import dev.plumbline.runtime.onnx.ScoringBatch;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Task;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A loaded version. It is held by its endpoint and by every request under way, and releases its memory when the last
 * one lets go, so a request always ends on the version that it began with. Thread-safe.
 */
public final class ServedModel {
    private static final int MOST_IDLE = 16;
    private static final int MOST_KEPT_ROWS = 4096;

    private final ServedVersion served;
    private final OnnxModel model;
    private final ColumnIndex columns;
    private final PredictionScale scale;
    private final String label;
    private final String name;
    private final List<byte[]> quotedClasses;
    private final Map<String, Integer> classPositions = new HashMap<>();
    private final RunTimes runTimes = new RunTimes();
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicInteger idleCount = new AtomicInteger();
    private final ConcurrentLinkedDeque<ScoringBatch> idle = new ConcurrentLinkedDeque<>();

    public ServedModel(ServedVersion served, OnnxModel model) {
        this.served = served;
        this.model = model;
        this.label = served.version().label();
        this.name = served.version().toString();
        this.columns = new ColumnIndex(model.signature().features());
        this.scale = model.signature().task() == Task.REGRESSION
                ? new PredictionScale.Ranges()
                : new PredictionScale.Labels(model.signature().classes());
        for (String each : model.signature().classes()) {
            classPositions.put(each, classPositions.size());
        }
        this.quotedClasses = model.signature().classes().stream()
                .map(each -> Json.line(each).getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** The names of its classes as JSON texts, in the order of the probabilities. */
    public List<byte[]> quotedClasses() {
        return quotedClasses;
    }

    /** The position of a class, by its name. */
    public int classIndex(String name) {
        Integer index = classPositions.get(name);
        if (index == null) {
            throw new IllegalStateException("the model answered with a class that it does not announce");
        }
        return index;
    }

    /** Which version, and the digest of its bytes. */
    public ServedVersion served() {
        return served;
    }

    /** The version within its model, such as {@code v7}. */
    public String label() {
        return label;
    }

    /** The version with its model, such as {@code churn/v7}. */
    public String name() {
        return name;
    }

    /** What the version says about itself. */
    public ModelSignature signature() {
        return model.signature();
    }

    /** Its input columns, for decoding. */
    public ColumnIndex columns() {
        return columns;
    }

    /** How its predictions are counted. */
    public PredictionScale scale() {
        return scale;
    }

    /** How long it computes. */
    public RunTimes runTimes() {
        return runTimes;
    }

    /** Takes hold for one request; false when its memory is already released. */
    public boolean hold() {
        while (true) {
            int now = holders.get();
            if (now == 0) {
                return false;
            }
            if (holders.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    /** Lets go; the last one to do so releases the memory. */
    public void release() {
        if (holders.decrementAndGet() == 0) {
            for (ScoringBatch batch = idle.poll(); batch != null; batch = idle.poll()) {
                batch.close();
            }
            model.close();
        }
    }

    /** Memory without rows; only while held. */
    public ScoringBatch borrow() {
        ScoringBatch batch = idle.poll();
        if (batch == null) {
            return model.batch();
        }
        idleCount.decrementAndGet();
        batch.rows(0);
        return batch;
    }

    /** Gives the memory back; only while held. */
    public void giveBack(ScoringBatch batch) {
        if (batch.rows() > MOST_KEPT_ROWS || idleCount.incrementAndGet() > MOST_IDLE) {
            if (batch.rows() <= MOST_KEPT_ROWS) {
                idleCount.decrementAndGet();
            }
            batch.close();
        } else {
            // Most recently used first: its memory is still in the processor's cache.
            idle.push(batch);
        }
    }
}
