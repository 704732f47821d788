package dev.plumbline.runtime.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;

/** Writes an ONNX graph node by node. The same calls give the same bytes. Not thread-safe. */
final class GraphBuilder {
    private static final int IR_VERSION = 8;
    private static final int OPERATORS = 17;
    private static final int ML_OPERATORS = 3;

    private static final String ML_DOMAIN = "ai.onnx.ml";

    /** Element types by the numbers that ONNX gives them. */
    enum Element {
        FLOAT(TensorProto.DataType.FLOAT_VALUE),
        LONG(TensorProto.DataType.INT64_VALUE),
        TEXT(TensorProto.DataType.STRING_VALUE),
        DOUBLE(TensorProto.DataType.DOUBLE_VALUE);

        private final int number;

        Element(int number) {
            this.number = number;
        }
    }

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("plumbline");

    /** An input of shape {@code [n,1]}. */
    String input(String name, Element element) {
        graph.addInput(value(name, element, 1));
        return name;
    }

    /** An output of shape {@code [n]}, or {@code [n,width]}. */
    void output(String name, Element element, long... width) {
        graph.addOutput(value(name, element, width));
    }

    /** Adds a node with one output, called like the output, and gives its name. */
    String node(String operator, String output, List<String> inputs, AttributeProto... attributes) {
        return add("", operator, output, inputs, attributes);
    }

    /** As {@link #node}, of the operators for classical machine learning. */
    String mlNode(String operator, String output, List<String> inputs, AttributeProto... attributes) {
        return add(ML_DOMAIN, operator, output, inputs, attributes);
    }

    private String add(
            String domain, String operator, String output, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setDomain(domain)
                .setOpType(operator)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
        return output;
    }

    /** Puts columns side by side; a single one is given back as it is. */
    String concat(String output, List<String> inputs) {
        return inputs.size() == 1 ? inputs.getFirst() : node("Concat", output, inputs, integer("axis", 1));
    }

    /** The values as 32-bit floats. */
    String toFloat(String output, String input) {
        return node("Cast", output, List.of(input), integer("to", TensorProto.DataType.FLOAT_VALUE));
    }

    String constant(String name, float[] values, long... dimensions) {
        TensorProto.Builder tensor = tensor(name, Element.FLOAT, dimensions);
        for (float value : values) {
            tensor.addFloatData(value);
        }
        return add(tensor);
    }

    String constant(String name, double[] values, long... dimensions) {
        TensorProto.Builder tensor = tensor(name, Element.DOUBLE, dimensions);
        for (double value : values) {
            tensor.addDoubleData(value);
        }
        return add(tensor);
    }

    String constant(String name, long[] values, long... dimensions) {
        TensorProto.Builder tensor = tensor(name, Element.LONG, dimensions);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        return add(tensor);
    }

    String constant(String name, List<String> values) {
        TensorProto.Builder tensor = tensor(name, Element.TEXT, values.size());
        values.forEach(value -> tensor.addStringData(ByteString.copyFromUtf8(value)));
        return add(tensor);
    }

    private String add(TensorProto.Builder tensor) {
        graph.addInitializer(tensor);
        return tensor.getName();
    }

    static AttributeProto integer(String name, long value) {
        return attribute(name, AttributeProto.AttributeType.INT).setI(value).build();
    }

    static AttributeProto text(String name, String value) {
        return attribute(name, AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    static AttributeProto texts(String name, List<String> values) {
        AttributeProto.Builder attribute = attribute(name, AttributeProto.AttributeType.STRINGS);
        values.forEach(value -> attribute.addStrings(ByteString.copyFromUtf8(value)));
        return attribute.build();
    }

    static AttributeProto integers(String name, List<Long> values) {
        return attribute(name, AttributeProto.AttributeType.INTS)
                .addAllInts(values)
                .build();
    }

    static AttributeProto floats(String name, List<Float> values) {
        return attribute(name, AttributeProto.AttributeType.FLOATS)
                .addAllFloats(values)
                .build();
    }

    /** The whole model, self-contained. */
    byte[] build(Map<String, String> metadata) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("plumbline")
                .addOpsetImport(operators("", OPERATORS))
                .addOpsetImport(operators(ML_DOMAIN, ML_OPERATORS))
                .setGraph(graph);
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }

    private static OperatorSetIdProto operators(String domain, long version) {
        return OperatorSetIdProto.newBuilder()
                .setDomain(domain)
                .setVersion(version)
                .build();
    }

    private static AttributeProto.Builder attribute(String name, AttributeProto.AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }

    private static TensorProto.Builder tensor(String name, Element element, long... dimensions) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(element.number);
        for (long dimension : dimensions) {
            tensor.addDims(dimension);
        }
        return tensor;
    }

    private static ValueInfoProto value(String name, Element element, long... width) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("n"));
        for (long size : width) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(element.number)
                                .setShape(shape)))
                .build();
    }
}
