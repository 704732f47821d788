package dev.plumbline.runtime.serving.http.protocol;

import dev.plumbline.runtime.serving.endpoint.ColumnIndex;
import java.util.BitSet;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the input tensors of the Open Inference Protocol, one for each column, into a batch. */
final class TensorsReader {
    private static final Set<String> NUMBERS =
            Set.of("FP64", "FP32", "INT64", "INT32", "INT16", "INT8", "UINT64", "UINT32", "UINT16", "UINT8");
    private static final ThreadLocal<TensorData> DATA = ThreadLocal.withInitial(TensorData::new);

    private final ColumnIndex columns;
    private final InferenceCall call;
    private final Cells cells;
    private final int mostRows;
    private final BitSet seen;
    private final TensorData data = DATA.get();
    private int rows = -1;

    TensorsReader(InferenceCall call) {
        this.columns = call.model().columns();
        this.call = call;
        this.cells = new Cells(call);
        this.mostRows = call.mostRows();
        this.seen = new BitSet(columns.size());
    }

    /** Reads the array of inputs that the parser stands on, up to its end. */
    void read(JsonParser parser) throws RequestRefused {
        JsonBodies.expectArray(parser, "inputs");
        int count = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                throw RequestRefused.badRequest(
                        "inputs[" + count + "] must be an object with name, shape, datatype" + " and data");
            }
            readInput(parser, count);
            count++;
        }
        if (seen.cardinality() < columns.size()) {
            throw RequestRefused.badRequest("input '" + columns.name(seen.nextClearBit(0))
                    + "' is missing; send null in its data where a value is not known");
        }
    }

    private void readInput(JsonParser parser, int index) throws RequestRefused {
        String input = null;
        String datatype = null;
        Shape shape = null;
        data.clear();
        for (String field = parser.nextName(); field != null; field = parser.nextName()) {
            parser.nextToken();
            switch (field) {
                case "name" -> input = JsonBodies.text(parser, "name");
                case "datatype" -> datatype = JsonBodies.text(parser, "datatype");
                case "shape" -> shape = Shape.read(parser);
                case "data" -> data.read(parser, mostRows);
                case "parameters" -> readParameters(parser);
                default ->
                    throw RequestRefused.badRequest(
                            "inputs[" + index + "] has a field " + Cells.shown(field) + " that is not known");
            }
        }
        if (input == null || datatype == null || shape == null || !data.given()) {
            throw RequestRefused.badRequest("inputs[" + index + "]" + (input == null ? "" : " " + Cells.shown(input))
                    + " lacks '"
                    + (input == null ? "name" : datatype == null ? "datatype" : shape == null ? "shape" : "data")
                    + "'");
        }
        take(input, datatype, shape, index);
    }

    private static void readParameters(JsonParser parser) throws RequestRefused {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw RequestRefused.badRequest("'parameters' must be an object");
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            if (name.equals("binary_data_size")) {
                throw RequestRefused.badRequest("binary tensor data is not supported; send 'data' as JSON");
            }
            parser.nextToken();
            parser.skipChildren();
        }
    }

    private void take(String input, String datatype, Shape shape, int index) throws RequestRefused {
        int column = columns.position(input, index);
        if (column < 0) {
            throw RequestRefused.badRequest("the model takes no input " + Cells.shown(input) + "; remove it");
        }
        if (seen.get(column)) {
            throw RequestRefused.badRequest("input '" + input + "' is given twice");
        }
        seen.set(column);
        checkDatatype(column, datatype);
        checkShape(input, shape);
        for (int row = 0; row < rows; row++) {
            put(column, row, datatype);
        }
    }

    private void checkDatatype(int column, String datatype) throws RequestRefused {
        boolean category = columns.category(column);
        if (category != datatype.equals("BYTES") || (!category && !NUMBERS.contains(datatype))) {
            throw RequestRefused.badRequest("input '" + columns.name(column) + "' has datatype "
                    + OpenInferenceV2.datatype(columns, column) + ", not " + Cells.shown(datatype));
        }
    }

    private void checkShape(String input, Shape shape) throws RequestRefused {
        if (!shape.column()) {
            throw RequestRefused.badRequest(
                    "input '" + input + "' takes the shape [n,1] or [n] with n of at least 1, not " + shape);
        }
        if (shape.first() > mostRows) {
            throw RowsReader.tooManyRows(mostRows);
        }
        if (data.ragged() || (data.inner() >= 0 && data.inner() != 1)) {
            throw RequestRefused.badRequest(
                    "the data of input '" + input + "' is ragged: it must be flat, or one array of one value a row");
        }
        if (data.count() != shape.first()) {
            throw RequestRefused.badRequest(
                    "input '" + input + "' has the shape " + shape + ", but its data has " + data.count() + " values");
        }
        if (rows >= 0 && rows != data.count()) {
            throw RequestRefused.badRequest(
                    "input '" + input + "' has " + data.count() + " rows, but the inputs before it have " + rows);
        }
        if (rows < 0) {
            rows = data.count();
            call.rows(rows);
        }
    }

    private void put(int column, int row, String datatype) throws RequestRefused {
        boolean category = columns.category(column);
        switch (data.element(row)) {
            case MISSING -> cells.missing(column, row);
            case NUMBER -> {
                if (category) {
                    throw cells.wrong(column, row, "takes texts, not numbers");
                }
                cells.number(data.number(row), column, row);
                if (!datatype.startsWith("FP") && data.number(row) != Math.rint(data.number(row))) {
                    throw cells.wrong(
                            column, row, "is of datatype " + datatype + ", which holds whole numbers" + " only");
                }
            }
            case TEXT -> {
                if (!category) {
                    throw cells.wrong(column, row, "takes a number, not the text " + Cells.shown(data.text(row)));
                }
                cells.category(data.text(row), column, row);
            }
            case OTHER -> throw cells.wrong(column, row, "takes " + (category ? "texts" : "numbers") + " or null only");
        }
    }

    /** A tensor's announced shape; its dimensions are kept only as far as they are needed. */
    private record Shape(int dimensions, long first, long second) {
        static Shape read(JsonParser parser) throws RequestRefused {
            JsonBodies.expectArray(parser, "shape");
            long[] kept = {-1, 1};
            int count = 0;
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token != JsonToken.VALUE_NUMBER_INT) {
                    throw RequestRefused.badRequest("'shape' must be an array of whole numbers");
                }
                if (count < 2) {
                    double value = parser.getDoubleValue();
                    kept[count] = value >= 0 && value <= Integer.MAX_VALUE ? (long) value : -1;
                }
                count++;
            }
            return new Shape(count, kept[0], kept[1]);
        }

        boolean column() {
            return first >= 1 && (dimensions == 1 || (dimensions == 2 && second == 1));
        }

        @Override
        public String toString() {
            return switch (dimensions) {
                case 0 -> "[]";
                case 1 -> "[" + text(first) + "]";
                case 2 -> "[" + text(first) + "," + text(second) + "]";
                default -> "[" + text(first) + "," + text(second) + ",…]";
            };
        }

        private static String text(long dimension) {
            return dimension < 0 ? "?" : Long.toString(dimension);
        }
    }
}
