package dev.plumbline.benchmarks.inference;

import dev.plumbline.runtime.onnx.OnnxModel;
import dev.plumbline.runtime.onnx.ScoringBatch;
import dev.plumbline.schemas.model.ColumnType;
import java.nio.file.Files;
import java.nio.file.Path;

/** The same graph in process on one thread, values already in its buffers: what is computed, and nothing else. */
final class RawRuntime {
    private RawRuntime() {}

    /**
     * Measures and prints the runs per second.
     *
     * @param arguments file of the model, rows, milliseconds
     */
    public static void main(String[] arguments) throws Exception {
        int rows = Integer.parseInt(arguments[1]);
        long nanoseconds = Long.parseLong(arguments[2]) * 1_000_000;
        try (OnnxModel model = OnnxModel.load(Files.readAllBytes(Path.of(arguments[0])));
                ScoringBatch batch = model.batch()) {
            fill(batch, rows);
            run(batch, nanoseconds / 2);
            System.out.printf("%.0f%n", run(batch, nanoseconds));
        }
    }

    private static double run(ScoringBatch batch, long nanoseconds) {
        long began = System.nanoTime();
        long runs = 0;
        while (System.nanoTime() - began < nanoseconds) {
            batch.run();
            runs++;
        }
        return runs * 1e9 / (System.nanoTime() - began);
    }

    private static void fill(ScoringBatch batch, int rows) {
        batch.rows(rows);
        var features = batch.signature().features();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < features.size(); column++) {
                if (features.get(column).type() == ColumnType.CATEGORY) {
                    batch.category(column, row, features.get(column).values().get(row % 3));
                } else {
                    batch.number(column, row, row * 37 % 100);
                }
            }
        }
    }
}
