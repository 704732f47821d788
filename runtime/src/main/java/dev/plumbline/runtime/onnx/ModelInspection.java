package dev.plumbline.runtime.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.schemas.model.ColumnType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a model file with bounds before the runtime sees it, and refuses what an artifact of ours never has: data
 * outside the file, operators of unknown origin, graphs within graphs, functions, sizes that do not add up.
 */
final class ModelInspection {
    private static final int LARGEST_FILE = 1 << 30;
    private static final int DEEPEST_MESSAGE = 32;
    private static final int MOST_NODES = 10_000;
    private static final Set<String> DOMAINS = Set.of("", "ai.onnx", "ai.onnx.ml");

    private ModelInspection() {}

    /** The signature of a model that may be loaded. */
    static ModelSignature inspect(byte[] bytes) throws ModelRefusedException {
        if (bytes.length > LARGEST_FILE) {
            throw new ModelRefusedException("The model is larger than 1 GiB, which is the most that is loaded.");
        }
        ModelProto model = parse(bytes);
        refuseForeignParts(model);
        checkGraph(model.getGraph(), bytes.length);
        ModelSignature signature = ModelSignature.of(model.getMetadataPropsList().stream()
                .collect(Collectors.toMap(
                        StringStringEntryProto::getKey, StringStringEntryProto::getValue, (first, second) -> second)));
        checkInterface(model.getGraph(), signature);
        return signature;
    }

    private static ModelProto parse(byte[] bytes) throws ModelRefusedException {
        try {
            CodedInputStream input = CodedInputStream.newInstance(bytes);
            input.setRecursionLimit(DEEPEST_MESSAGE);
            ModelProto model = ModelProto.parseFrom(input);
            if (!model.hasGraph()) {
                throw new ModelRefusedException("The file holds no ONNX graph.");
            }
            return model;
        } catch (InvalidProtocolBufferException malformed) {
            throw new ModelRefusedException("The file is not an ONNX model.", malformed);
        } catch (IOException impossible) {
            throw new IllegalStateException("reading from memory does not fail", impossible);
        }
    }

    private static void refuseForeignParts(ModelProto model) throws ModelRefusedException {
        for (var imported : model.getOpsetImportList()) {
            refuseDomain(imported.getDomain());
        }
        if (model.getFunctionsCount() > 0 || model.getTrainingInfoCount() > 0) {
            throw new ModelRefusedException("The model brings functions or training graphs, which are not run.");
        }
    }

    private static void checkGraph(GraphProto graph, int fileSize) throws ModelRefusedException {
        if (graph.getNodeCount() > MOST_NODES) {
            throw new ModelRefusedException("The graph has more than " + MOST_NODES + " nodes.");
        }
        if (graph.getSparseInitializerCount() > 0) {
            throw new ModelRefusedException("The graph has sparse tensors, which are not loaded.");
        }
        for (TensorProto tensor : graph.getInitializerList()) {
            checkTensor(tensor, fileSize);
        }
        for (NodeProto node : graph.getNodeList()) {
            refuseDomain(node.getDomain());
            for (AttributeProto attribute : node.getAttributeList()) {
                checkAttribute(attribute, fileSize);
            }
        }
    }

    private static void checkAttribute(AttributeProto attribute, int fileSize) throws ModelRefusedException {
        if (attribute.hasG() || attribute.getGraphsCount() > 0) {
            throw new ModelRefusedException("The graph has loops or branches (graphs within it), which are not run.");
        }
        if (attribute.hasSparseTensor() || attribute.getSparseTensorsCount() > 0) {
            throw new ModelRefusedException("The graph has sparse tensors, which are not loaded.");
        }
        if (attribute.hasT()) {
            checkTensor(attribute.getT(), fileSize);
        }
        for (TensorProto tensor : attribute.getTensorsList()) {
            checkTensor(tensor, fileSize);
        }
    }

    private static void checkTensor(TensorProto tensor, int fileSize) throws ModelRefusedException {
        if (tensor.getExternalDataCount() > 0 || tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            throw new ModelRefusedException("The model keeps data outside its file, which is never read.");
        }
        long size = 1;
        for (long dimension : tensor.getDimsList()) {
            if (dimension < 0 || dimension > fileSize || (size *= dimension) > fileSize) {
                throw new ModelRefusedException("A tensor of the model claims a size that its file cannot hold.");
            }
        }
    }

    private static void refuseDomain(String domain) throws ModelRefusedException {
        if (!DOMAINS.contains(domain)) {
            throw new ModelRefusedException("The model uses operators of another domain than ONNX's own.");
        }
    }

    private static void checkInterface(GraphProto graph, ModelSignature signature) throws ModelRefusedException {
        Map<String, Integer> inputs = graph.getInputList().stream()
                .collect(Collectors.toMap(ValueInfoProto::getName, ModelInspection::elementType, (a, b) -> b));
        Map<String, Integer> announced = signature.features().stream()
                .collect(Collectors.toMap(
                        feature -> ModelSignature.input(feature.name()),
                        feature -> elementType(feature.type()),
                        (a, b) -> b));
        List<String> outputs =
                graph.getOutputList().stream().map(ValueInfoProto::getName).toList();
        if (!inputs.equals(announced) || !outputs.equals(signature.outputs())) {
            throw new ModelRefusedException("The graph's inputs or outputs are not those that its metadata announces.");
        }
    }

    private static int elementType(ValueInfoProto value) {
        return value.getType().getTensorType().getElemType();
    }

    private static int elementType(ColumnType type) {
        return switch (type) {
            case INTEGER, NUMBER -> TensorProto.DataType.DOUBLE_VALUE;
            case CATEGORY -> TensorProto.DataType.STRING_VALUE;
        };
    }
}
