package dev.plumbline.runtime.training.job;

import dev.plumbline.runtime.RunInputs;
import dev.plumbline.runtime.data.RowReading;
import dev.plumbline.runtime.data.Table;
import dev.plumbline.runtime.onnx.RawColumn;
import dev.plumbline.runtime.onnx.TableColumns;
import dev.plumbline.schemas.model.Task;

/**
 * The two sides of a split.
 *
 * <p>Rows are put in the order of their hashes: a dataset's digest does not depend on the order of its rows, so a model
 * must not either.
 *
 * @param trainingRows indices in the table that was read
 * @param heldOutRows indices in it too
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Sides(Table training, int[] trainingRows, Table heldOut, int[] heldOutRows) {
    static Sides of(RowReading.Rows rows) {
        int[] training = rows.hashes().ordered(rows.split().training());
        int[] heldOut = rows.hashes().ordered(rows.split().heldOut());
        return new Sides(rows.table().select(training), training, rows.table().select(heldOut), heldOut);
    }

    LabelledColumns labelled(RunInputs inputs) {
        RawColumn label = inputs.task() == Task.REGRESSION
                ? RawColumn.numbers(training.numbers(inputs.label()))
                : TableColumns.categories(training.texts(inputs.label()));
        return new LabelledColumns(TableColumns.of(training, inputs.features()), label);
    }
}
