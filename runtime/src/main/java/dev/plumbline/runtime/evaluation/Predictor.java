package dev.plumbline.runtime.evaluation;

import dev.plumbline.runtime.data.Table;

/** A loaded model. Closing it frees what it holds. */
public interface Predictor extends AutoCloseable {
    /**
     * Predicts every row.
     *
     * @param rows has the columns that the model takes, and may have more
     * @throws IllegalArgumentException when a column that the model takes is absent or of another kind
     */
    Predictions predict(Table rows);

    @Override
    void close();
}
