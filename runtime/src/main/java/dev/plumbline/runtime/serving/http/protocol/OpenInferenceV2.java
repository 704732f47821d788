package dev.plumbline.runtime.serving.http.protocol;

import dev.plumbline.runtime.onnx.ModelSignature;
import dev.plumbline.runtime.serving.endpoint.ColumnIndex;
import dev.plumbline.runtime.serving.endpoint.ServedModel;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Task;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The Open Inference Protocol, version 2, over REST: a tensor for each column in, a tensor for each output out. */
public final class OpenInferenceV2 implements Protocol {
    @Override
    public void decode(byte[] body, InferenceCall call) throws RequestRefused {
        JsonBodies.readObject(body, parser -> read(parser, call));
    }

    private static void read(JsonParser parser, InferenceCall call) throws RequestRefused {
        boolean found = false;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "id" -> call.id = JsonBytes.quoted(JsonBodies.text(parser, "id"));
                case "parameters" -> parser.skipChildren();
                case "outputs" -> readOutputs(parser, call);
                case "inputs" -> {
                    if (found) {
                        throw RequestRefused.badRequest("the body gives 'inputs' twice");
                    }
                    found = true;
                    new TensorsReader(call).read(parser);
                }
                default ->
                    throw RequestRefused.badRequest("the body has a field " + Cells.shown(name) + " that is not known");
            }
        }
        if (!found) {
            throw RequestRefused.badRequest("the body lacks 'inputs', the array of input tensors");
        }
    }

    private static void readOutputs(JsonParser parser, InferenceCall call) throws RequestRefused {
        JsonBodies.expectArray(parser, "outputs");
        boolean label = false;
        boolean numbers = false;
        boolean any = false;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                throw RequestRefused.badRequest("each of 'outputs' must be an object with a name");
            }
            String output = readOutput(parser);
            any = true;
            if (regression(call.model()) ? output.equals(ModelSignature.VALUE) : output.equals(ModelSignature.LABEL)) {
                label = true;
            } else if (!regression(call.model()) && output.equals(ModelSignature.PROBABILITIES)) {
                numbers = true;
            } else {
                throw RequestRefused.badRequest("the model has no output " + Cells.shown(output) + "; it has "
                        + (regression(call.model()) ? "'value'" : "'label' and 'probabilities'"));
            }
        }
        if (any) {
            call.wantsLabel = label;
            call.wantsProbabilities = numbers;
        }
    }

    private static String readOutput(JsonParser parser) throws RequestRefused {
        String output = "";
        for (String field = parser.nextName(); field != null; field = parser.nextName()) {
            parser.nextToken();
            if (field.equals("name")) {
                output = JsonBodies.text(parser, "name");
            } else {
                parser.skipChildren();
            }
        }
        return output;
    }

    @Override
    public JsonBytes encode(InferenceCall call) {
        List<byte[]> classes = call.model().quotedClasses();
        JsonBytes json = new JsonBytes(256 + call.rows() * (24 + 14 * classes.size()));
        json.raw("{\"model_name\":\"").raw(call.endpoint().name()).raw("\",\"model_version\":\"");
        json.raw(call.model().label()).raw('"');
        if (call.id.length > 0) {
            json.raw(",\"id\":").raw(call.id);
        }
        json.raw(",\"outputs\":[");
        if (regression(call.model())) {
            values(json, call);
        } else {
            if (call.wantsLabel) {
                labels(json, call);
            }
            if (call.wantsProbabilities) {
                json.raw(call.wantsLabel ? "," : "");
                probabilities(json, call, classes);
            }
        }
        return json.raw("]}");
    }

    private static void values(JsonBytes json, InferenceCall call) {
        json.raw("{\"name\":\"value\",\"datatype\":\"FP32\",\"shape\":[")
                .number(call.rows())
                .raw("],\"data\":[");
        for (int row = 0; row < call.rows(); row++) {
            json.raw(row == 0 ? "" : ",").number(call.batch().value(call.firstRow() + row));
        }
        json.raw("]}");
    }

    private static void labels(JsonBytes json, InferenceCall call) {
        json.raw("{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":[")
                .number(call.rows())
                .raw("],\"data\":[");
        for (int row = 0; row < call.rows(); row++) {
            json.raw(row == 0 ? "" : ",").string(call.batch().label(call.firstRow() + row));
        }
        json.raw("]}");
    }

    private static void probabilities(JsonBytes json, InferenceCall call, List<byte[]> classes) {
        json.raw("{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[")
                .number(call.rows())
                .raw(',')
                .number(classes.size())
                .raw("],\"parameters\":{\"classes\":[");
        for (int index = 0; index < classes.size(); index++) {
            json.raw(index == 0 ? "" : ",").raw(classes.get(index));
        }
        json.raw("]},\"data\":[");
        for (int row = 0; row < call.rows(); row++) {
            for (int index = 0; index < classes.size(); index++) {
                json.raw(row + index == 0 ? "" : ",").number(call.batch().probability(call.firstRow() + row, index));
            }
        }
        json.raw("]}");
    }

    /** The datatype that a column is announced with. */
    static String datatype(ColumnIndex columns, int column) {
        return columns.category(column) ? "BYTES" : columns.integer(column) ? "INT64" : "FP64";
    }

    /** What the server says of itself. */
    public static ObjectNode server() {
        ObjectNode server = Json.object();
        server.put("name", "plumbline").put("version", "1");
        server.putArray("extensions");
        return server;
    }

    /** What the server says of a model. */
    public static ObjectNode metadata(String endpoint, ServedModel model) {
        ObjectNode metadata = Json.object();
        metadata.put("name", endpoint);
        metadata.putArray("versions").add(model.label());
        metadata.put("platform", "onnx_onnxv1");
        ArrayNode inputs = metadata.putArray("inputs");
        for (int column = 0; column < model.columns().size(); column++) {
            tensor(inputs, model.columns().name(column), datatype(model.columns(), column), -1, 1);
        }
        ArrayNode outputs = metadata.putArray("outputs");
        if (regression(model)) {
            tensor(outputs, ModelSignature.VALUE, "FP32", -1);
        } else {
            List<String> classes = model.signature().classes();
            tensor(outputs, ModelSignature.LABEL, "BYTES", -1);
            ArrayNode names = tensor(outputs, ModelSignature.PROBABILITIES, "FP32", -1, classes.size())
                    .putObject("parameters")
                    .putArray("classes");
            classes.forEach(names::add);
        }
        return metadata;
    }

    private static ObjectNode tensor(ArrayNode list, String name, String datatype, int... shape) {
        ObjectNode tensor = list.addObject().put("name", name).put("datatype", datatype);
        ArrayNode dimensions = tensor.putArray("shape");
        for (int dimension : shape) {
            dimensions.add(dimension);
        }
        return tensor;
    }

    private static boolean regression(ServedModel model) {
        return model.signature().task() == Task.REGRESSION;
    }
}
