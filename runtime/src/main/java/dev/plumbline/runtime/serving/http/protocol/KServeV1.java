package dev.plumbline.runtime.serving.http.protocol;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** KServe's first protocol: rows in {@code instances} (or {@code inputs}), predictions out. */
public final class KServeV1 implements Protocol {
    @Override
    public void decode(byte[] body, InferenceCall call) throws RequestRefused {
        JsonBodies.readObject(body, parser -> read(parser, call));
    }

    private static void read(JsonParser parser, InferenceCall call) throws RequestRefused {
        boolean found = false;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            if (!name.equals("instances") && !name.equals("inputs")) {
                throw RequestRefused.badRequest(
                        "the body has a field " + Cells.shown(name) + " that is not known; rows go into 'instances'");
            }
            if (found) {
                throw RequestRefused.badRequest("the body gives its rows twice");
            }
            found = value != null;
            new RowsReader(call).readRows(parser, name);
        }
        if (!found) {
            throw RequestRefused.badRequest("the body lacks 'instances', the array of rows");
        }
    }

    @Override
    public JsonBytes encode(InferenceCall call) {
        return PredictionRows.encode(call);
    }
}
