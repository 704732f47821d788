package dev.plumbline.runtime.serving.http.protocol;

import dev.plumbline.runtime.serving.endpoint.ColumnIndex;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * MLflow's scoring protocol: rows in exactly one of {@code dataframe_records}, {@code dataframe_split},
 * {@code instances} and {@code inputs}, predictions out.
 */
public final class MlflowInvocations implements Protocol {
    @Override
    public void decode(byte[] body, InferenceCall call) throws RequestRefused {
        JsonBodies.readObject(body, parser -> read(parser, call));
    }

    private static void read(JsonParser parser, InferenceCall call) throws RequestRefused {
        boolean found = false;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            if (name.equals("params")) {
                refuseParameters(parser, value);
                continue;
            }
            if (found) {
                throw RequestRefused.badRequest("the body gives its rows twice");
            }
            found = true;
            switch (name) {
                case "dataframe_records", "instances", "inputs" -> rows(call).readRows(parser, name);
                case "dataframe_split" -> readSplit(parser, call);
                default ->
                    throw RequestRefused.badRequest("the body has a field " + Cells.shown(name) + " that is not known; "
                            + "rows go into one of 'dataframe_records', 'dataframe_split', 'instances' and 'inputs'");
            }
        }
        if (!found) {
            throw RequestRefused.badRequest("the body lacks its rows, in one of 'dataframe_records', 'dataframe_split',"
                    + " 'instances' and 'inputs'");
        }
    }

    private static void refuseParameters(JsonParser parser, JsonToken value) throws RequestRefused {
        boolean empty = value == JsonToken.VALUE_NULL
                || (value == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.END_OBJECT);
        if (!empty) {
            throw RequestRefused.badRequest("'params' must be empty: the model takes none");
        }
    }

    private static void readSplit(JsonParser parser, InferenceCall call) throws RequestRefused {
        int[] positions = {};
        boolean dataFound = false;
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw RequestRefused.badRequest("'dataframe_split' must be an object with 'columns' and 'data'");
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "columns" -> positions = positions(parser, call.model().columns());
                case "index" -> parser.skipChildren();
                case "data" -> {
                    dataFound = true;
                    if (positions.length == 0) {
                        throw RequestRefused.badRequest("'dataframe_split' must give 'columns' before 'data'");
                    }
                    rows(call).readArrays(parser, "data", positions);
                }
                default ->
                    throw RequestRefused.badRequest(
                            "'dataframe_split' has a field " + Cells.shown(name) + " that is not known");
            }
        }
        if (!dataFound) {
            throw RequestRefused.badRequest("'dataframe_split' lacks 'data'");
        }
    }

    private static int[] positions(JsonParser parser, ColumnIndex columns) throws RequestRefused {
        JsonBodies.expectArray(parser, "columns");
        List<Integer> positions = new ArrayList<>();
        BitSet seen = new BitSet();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            String name = JsonBodies.text(parser, "columns");
            int position = columns.position(name, positions.size());
            if (position < 0) {
                throw RequestRefused.badRequest("the model takes no column " + Cells.shown(name) + "; remove it");
            }
            if (seen.get(position)) {
                throw RequestRefused.badRequest("column '" + name + "' is given twice");
            }
            seen.set(position);
            positions.add(position);
        }
        if (positions.size() < columns.size()) {
            throw RequestRefused.badRequest("column '" + columns.name(seen.nextClearBit(0)) + "' is missing");
        }
        return positions.stream().mapToInt(Integer::intValue).toArray();
    }

    private static RowsReader rows(InferenceCall call) {
        return new RowsReader(call);
    }

    @Override
    public JsonBytes encode(InferenceCall call) {
        return PredictionRows.encode(call);
    }

    @Override
    public JsonBytes error(int status, String message) {
        String code = switch (status) {
            case 400, 405, 413, 415 -> "BAD_REQUEST";
            case 404 -> "RESOURCE_DOES_NOT_EXIST";
            case 429 -> "REQUEST_LIMIT_EXCEEDED";
            case 503 -> "TEMPORARILY_UNAVAILABLE";
            default -> "INTERNAL_ERROR";
        };
        return new JsonBytes(message.length() + 64)
                .raw("{\"error_code\":\"")
                .raw(code)
                .raw("\",\"message\":")
                .string(message)
                .raw('}');
    }
}
