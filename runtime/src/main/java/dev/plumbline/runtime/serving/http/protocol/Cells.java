package dev.plumbline.runtime.serving.http.protocol;

import dev.plumbline.runtime.onnx.RawColumn;
import dev.plumbline.runtime.onnx.ScoringBatch;
import dev.plumbline.runtime.serving.endpoint.ColumnIndex;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Checks single values against their columns and puts them into a batch, at the rows of one request. */
public final class Cells {
    private static final int LISTED_VALUES = 10;
    private static final int SHOWN_CHARACTERS = 60;

    private final ColumnIndex columns;
    private final ScoringBatch batch;
    private final int first;

    Cells(InferenceCall call) {
        this.columns = call.model().columns();
        this.batch = call.batch();
        this.first = call.firstRow();
    }

    /** Takes a missing value. */
    void missing(int column, int row) {
        if (columns.category(column)) {
            batch.category(column, first + row, RawColumn.MISSING_CATEGORY);
        } else {
            batch.number(column, first + row, Double.NaN);
        }
    }

    /** Takes the parser's current value; rows count from the request's first one. */
    void put(JsonParser parser, JsonToken token, int column, int row) throws RequestRefused {
        if (columns.category(column)) {
            category(parser, token, column, row);
        } else {
            number(parser, token, column, row);
        }
    }

    private void number(JsonParser parser, JsonToken token, int column, int row) throws RequestRefused {
        switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getDoubleValue(), column, row);
            case VALUE_NULL -> missing(column, row);
            case VALUE_STRING -> throw wrong(column, row, "takes a number, not the text " + shown(parser.getString()));
            case VALUE_TRUE, VALUE_FALSE -> throw wrong(column, row, "takes a number, not true or false");
            case START_ARRAY, START_OBJECT -> throw wrong(column, row, "takes a number, not an array or object");
            default -> throw wrong(column, row, "takes a number");
        }
    }

    /** Takes a number that must be finite, within the column's bounds, and whole if the column says so. */
    void number(double value, int column, int row) throws RequestRefused {
        if (!(Math.abs(value) <= Float.MAX_VALUE)) {
            throw wrong(
                    column,
                    row,
                    Double.isNaN(value)
                            ? "is NaN; send null for a missing value"
                            : "is infinite or beyond ±3.4e38, the largest number that the model computes with");
        }
        if (columns.integer(column) && value != Math.rint(value)) {
            throw wrong(column, row, "takes whole numbers, not " + plain(value));
        }
        if (value < columns.smallest(column)) {
            throw wrong(
                    column,
                    row,
                    "is " + plain(value) + ", below " + plain(columns.smallest(column))
                            + ", the smallest that it takes");
        }
        if (value > columns.largest(column)) {
            throw wrong(
                    column,
                    row,
                    "is " + plain(value) + ", above " + plain(columns.largest(column)) + ", the largest that it takes");
        }
        batch.number(column, first + row, value);
    }

    private void category(JsonParser parser, JsonToken token, int column, int row) throws RequestRefused {
        switch (token) {
            case VALUE_STRING -> category(parser.getString(), column, row);
            case VALUE_NULL -> missing(column, row);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                throw wrong(column, row, "takes a text" + example(column) + ", not a number");
            case VALUE_TRUE, VALUE_FALSE ->
                throw wrong(column, row, "takes a text" + example(column) + ", not true or false");
            case START_ARRAY, START_OBJECT ->
                throw wrong(column, row, "takes a text" + example(column) + ", not an array or object");
            default -> throw wrong(column, row, "takes a text");
        }
    }

    /** Takes a category, unless the column refuses those that training never saw. */
    void category(String value, int column, int row) throws RequestRefused {
        if (!columns.allows(column, value)) {
            List<String> values = columns.values(column);
            String listed =
                    values.stream().limit(LISTED_VALUES).map(Cells::shown).collect(Collectors.joining(", "));
            throw wrong(
                    column,
                    row,
                    "does not know the category " + shown(value) + "; it is one of " + listed
                            + (values.size() > LISTED_VALUES ? ", …" : ""));
        }
        batch.category(column, first + row, value);
    }

    /** The refusal of a value, naming its row and column. */
    RequestRefused wrong(int column, int row, String what) {
        return RequestRefused.badRequest("row " + row + ": column '" + columns.name(column) + "' " + what);
    }

    /** A client's text within an error: short, so that an answer is never as large as the request. */
    public static String shown(String text) {
        return "'" + (text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…") + "'";
    }

    /** A number without a fraction that says nothing. */
    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private String example(int column) {
        List<String> values = columns.values(column);
        return values.isEmpty() ? "" : " such as " + shown(values.getFirst());
    }
}
