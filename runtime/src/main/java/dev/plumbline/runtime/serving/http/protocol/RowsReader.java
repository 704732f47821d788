package dev.plumbline.runtime.serving.http.protocol;

import dev.plumbline.runtime.serving.endpoint.ColumnIndex;
import java.util.BitSet;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads rows, each an object by column name or an array in the model's column order, into a batch. */
final class RowsReader {
    private final ColumnIndex columns;
    private final InferenceCall call;
    private final Cells cells;
    private final int mostRows;
    private final BitSet seen;

    RowsReader(InferenceCall call) {
        this.columns = call.model().columns();
        this.call = call;
        this.cells = new Cells(call);
        this.mostRows = call.mostRows();
        this.seen = new BitSet(columns.size());
    }

    /** Reads the array that the parser stands on, up to its end. */
    void readRows(JsonParser parser, String field) throws RequestRefused {
        JsonBodies.expectArray(parser, field);
        int row = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            begin(row);
            switch (token) {
                case START_OBJECT -> readObject(parser, row);
                case START_ARRAY -> readArray(parser, row);
                default ->
                    throw RequestRefused.badRequest(field + "[" + row + "] must be an object with a value for each"
                            + " column, or an array of the values in the model's column order");
            }
            row++;
        }
        end(row, field);
    }

    /** Reads arrays of values whose columns are named elsewhere. */
    void readArrays(JsonParser parser, String field, int[] positions) throws RequestRefused {
        JsonBodies.expectArray(parser, field);
        int row = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            begin(row);
            if (token != JsonToken.START_ARRAY) {
                throw RequestRefused.badRequest(field + "[" + row + "] must be an array of values");
            }
            readArray(parser, row, positions);
            row++;
        }
        end(row, field);
    }

    private void begin(int row) throws RequestRefused {
        if (row == mostRows) {
            throw tooManyRows(mostRows);
        }
        call.rows(row + 1);
    }

    private static void end(int rows, String field) throws RequestRefused {
        if (rows == 0) {
            throw RequestRefused.badRequest("'" + field + "' holds no rows");
        }
    }

    static RequestRefused tooManyRows(int mostRows) {
        return RequestRefused.tooLarge(
                "the request has more than " + mostRows + " rows, the most that this endpoint takes at once");
    }

    private void readObject(JsonParser parser, int row) throws RequestRefused {
        seen.clear();
        int count = 0;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            int column = columns.position(name, count);
            if (column < 0) {
                throw RequestRefused.badRequest(
                        "row " + row + ": the model takes no column " + Cells.shown(name) + "; remove it");
            }
            if (seen.get(column)) {
                throw cells.wrong(column, row, "is given twice");
            }
            seen.set(column);
            cells.put(parser, parser.nextToken(), column, row);
            count++;
        }
        if (count < columns.size()) {
            throw cells.wrong(seen.nextClearBit(0), row, "is missing; send null where its value is not known");
        }
    }

    private void readArray(JsonParser parser, int row) throws RequestRefused {
        int column = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (column == columns.size()) {
                throw length(row, "more than " + columns.size());
            }
            cells.put(parser, token, column, row);
            column++;
        }
        if (column < columns.size()) {
            throw length(row, column + " of " + columns.size());
        }
    }

    private void readArray(JsonParser parser, int row, int[] positions) throws RequestRefused {
        int index = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (index == positions.length) {
                throw length(row, "more than " + positions.length);
            }
            cells.put(parser, token, positions[index], row);
            index++;
        }
        if (index < positions.length) {
            throw length(row, index + " of " + positions.length);
        }
    }

    private RequestRefused length(int row, String has) {
        StringBuilder names = new StringBuilder();
        for (int column = 0; column < Math.min(columns.size(), 40); column++) {
            names.append(column == 0 ? "" : ", ").append(columns.name(column));
        }
        return RequestRefused.badRequest("row " + row + " is ragged: it has " + has
                + " values; the columns in order are " + names + (columns.size() > 40 ? ", …" : ""));
    }
}
