package dev.plumbline.runtime.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ModelInspectionTest {
    @Test
    void refusesWhatIsNoModel() {
        refuses("not a model at all".getBytes(StandardCharsets.UTF_8), "not an ONNX model");
        refuses(new byte[0], "holds no ONNX graph");
    }

    @Test
    void refusesDataOutsideTheFile() {
        refuses(
                model -> model.getGraphBuilder()
                        .getInitializerBuilder(0)
                        .setDataLocation(TensorProto.DataLocation.EXTERNAL),
                "outside its file");
        refuses(
                model -> model.getGraphBuilder()
                        .addInitializer(TensorProto.newBuilder().addExternalData(entry("location", "../weights.bin"))),
                "outside its file");
        refuses(
                model -> node(model)
                        .addAttribute(AttributeProto.newBuilder()
                                .setT(TensorProto.newBuilder().addExternalData(entry("location", "/weights")))),
                "outside its file");
    }

    @Test
    void refusesOperatorsOfOtherDomains() {
        refuses(model -> node(model).setDomain("com.example"), "another domain");
        refuses(
                model -> model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("com.example")),
                "another domain");
    }

    @Test
    void refusesGraphsWithinGraphs() {
        refuses(
                model -> node(model)
                        .setOpType("Loop")
                        .addAttribute(AttributeProto.newBuilder().setG(GraphProto.newBuilder())),
                "loops or branches");
    }

    @Test
    void refusesSizesThatTheFileCannotHold() {
        refuses(
                model -> model.getGraphBuilder()
                        .addInitializer(
                                TensorProto.newBuilder().addDims(1L << 31).addDims(1L << 31)),
                "cannot hold");
        refuses(
                model -> model.getGraphBuilder()
                        .addInitializer(TensorProto.newBuilder().addDims(-1)),
                "cannot hold");
    }

    @Test
    void refusesAModelWithoutOurMetadata() {
        refuses(ModelProto.Builder::clearMetadataProps, "lacks the metadata entry 'plumbline.format'");
        refuses(model -> model.setMetadataProps(0, entry("plumbline.format", "2")), "format 2");
        refuses(model -> model.addMetadataProps(entry("plumbline.run", "sha256:12")), "damaged");
        refuses(model -> model.addMetadataProps(entry("plumbline.features", "[{]")), "damaged");
        refuses(model -> model.addMetadataProps(entry("plumbline.features", "[null]")), "damaged");
    }

    @Test
    void refusesInputsAndOutputsThatTheMetadataDoesNotAnnounce() {
        refuses(model -> model.getGraphBuilder().getInputBuilder(0).setName("age"), "not those");
        refuses(model -> model.getGraphBuilder().removeOutput(1), "not those");
    }

    @Test
    void refusesAGraphThatTheRuntimeCannotRun() {
        refuses(model -> node(model).setOpType("NoSuchOperator"), "does not accept");
    }

    @Test
    void endsCleanlyOnAnyDamage() {
        byte[] whole = TestModels.linearClassifier();
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            byte[] damaged = whole.clone();
            for (int change = 0; change < 3; change++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(ModelInspection.inspect(damaged)).isNotNull();
            } catch (ModelRefusedException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    private static NodeProto.Builder node(ModelProto.Builder model) {
        return model.getGraphBuilder().getNodeBuilder(0);
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private static void refuses(Consumer<ModelProto.Builder> change, String reason) {
        try {
            ModelProto.Builder model = ModelProto.parseFrom(TestModels.linearClassifier()).toBuilder();
            change.accept(model);
            refuses(model.build().toByteArray(), reason);
        } catch (com.google.protobuf.InvalidProtocolBufferException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void refuses(byte[] bytes, String reason) {
        assertThatThrownBy(() -> OnnxModel.load(bytes).close())
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining(reason);
    }
}
