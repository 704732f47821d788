package dev.plumbline.runtime.training.job;

import dev.plumbline.runtime.onnx.RawColumn;
import java.util.List;

/**
 * Raw rows with what is to be predicted.
 *
 * @param columns a column for each feature, in order
 * @param label classes as categories, or numbers
 */
public record LabelledColumns(List<RawColumn> columns, RawColumn label) {
    public LabelledColumns {
        columns = List.copyOf(columns);
    }

    int rows() {
        return label.rows();
    }
}
