package dev.plumbline.runtime.training;

import dev.plumbline.runtime.onnx.RawColumn;
import java.util.List;

/**
 * Raw rows with what is to be predicted.
 *
 * @param columns a column for each feature, in order
 * @param label classes as categories, or numbers
 */
record LabelledColumns(List<RawColumn> columns, RawColumn label) {
    LabelledColumns {
        columns = List.copyOf(columns);
    }

    int rows() {
        return label.rows();
    }
}
