package dev.plumbline.runtime.serving.endpoint;

import dev.plumbline.runtime.onnx.ModelSignature;
import dev.plumbline.runtime.onnx.RawColumn;
import dev.plumbline.runtime.onnx.ScoringBatch;
import dev.plumbline.schemas.model.ColumnType;
import java.util.function.LongSupplier;

/** First runs of a version before it takes traffic, so that no client pays for them and its run time is known. */
public final class WarmUp {
    private static final int[] SIZES = {1, 1, 1, 64, 64, 8, 8, 1};
    private static final int ROUNDS = 6;

    private WarmUp() {}

    /**
     * Scores made-up rows, of which the first ones have a value in each column and the last ones none.
     *
     * @throws dev.plumbline.runtime.onnx.InferenceException when the version cannot answer
     * @throws IllegalStateException when it answers with a number that is none
     */
    public static void run(ServedModel model, LongSupplier nanoTime) {
        ScoringBatch batch = model.borrow();
        try {
            for (int run = 0; run < ROUNDS * SIZES.length; run++) {
                int rows = SIZES[run % SIZES.length];
                fill(batch, model.signature(), rows, run == ROUNDS * SIZES.length - 1);
                long before = nanoTime.getAsLong();
                batch.run();
                if (run >= SIZES.length) {
                    model.runTimes().measured(rows, nanoTime.getAsLong() - before);
                }
                if (!batch.finite(0, batch.rows())) {
                    throw new IllegalStateException("it answers ordinary values with NaN or infinity");
                }
            }
        } finally {
            model.giveBack(batch);
        }
    }

    private static void fill(ScoringBatch batch, ModelSignature signature, int rows, boolean missing) {
        batch.rows(rows);
        for (int column = 0; column < signature.features().size(); column++) {
            var feature = signature.features().get(column);
            for (int row = 0; row < rows; row++) {
                if (feature.type() == ColumnType.CATEGORY) {
                    boolean none = missing || feature.values().isEmpty();
                    batch.category(
                            column,
                            row,
                            none
                                    ? RawColumn.MISSING_CATEGORY
                                    : feature.values()
                                            .get(row % feature.values().size()));
                } else {
                    batch.number(column, row, missing ? Double.NaN : row);
                }
            }
        }
    }
}
