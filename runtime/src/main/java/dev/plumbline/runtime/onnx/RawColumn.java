package dev.plumbline.runtime.onnx;

/** The values of one input column, a value per row. Holds the array that it was given: do not change it afterwards. */
public sealed interface RawColumn {
    /** What a missing category is; a missing number is {@link Double#NaN}. */
    String MISSING_CATEGORY = "";

    /** How many values it has. */
    int rows();

    /** Numbers of this column; {@link Double#NaN} where a value is missing. */
    static RawColumn numbers(double... values) {
        return new Numbers(values);
    }

    /** Categories of this column; {@link #MISSING_CATEGORY} where a value is missing. */
    static RawColumn categories(String... values) {
        return new Categories(values);
    }

    /** Values of an integer or number column. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody; copying each request's values would cost
    record Numbers(double[] values) implements RawColumn {
        @Override
        public int rows() {
            return values.length;
        }
    }

    /** Values of a category column. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody; copying each request's values would cost
    record Categories(String[] values) implements RawColumn {
        @Override
        public int rows() {
            return values.length;
        }
    }
}
