package dev.plumbline.runtime.serving;

import dev.plumbline.runtime.EndpointConfiguration.ServedVersion;
import dev.plumbline.runtime.onnx.InferenceException;
import dev.plumbline.runtime.onnx.ModelRefusedException;
import dev.plumbline.runtime.onnx.OnnxModel;
import dev.plumbline.runtime.process.ParentWatch;
import dev.plumbline.runtime.serving.endpoint.ServedModel;
import dev.plumbline.runtime.serving.endpoint.WarmUp;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.VersionName;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The throw-away child that loads an artifact for the first time. Its exit status is the answer; what it refuses it
 * explains in one line on standard output.
 */
final class ProbeProcess {
    static final int REFUSED = 10;

    private ProbeProcess() {}

    /**
     * Loads the artifact and scores rows with it.
     *
     * @param arguments the artifact's file
     */
    public static void main(String[] arguments) throws IOException {
        ParentWatch.haltAtEndOf(System.in);
        try (OnnxModel model = OnnxModel.load(Path.of(arguments[0]))) {
            ServedVersion version = new ServedVersion(new VersionName("probe", 1), Digest.of(new byte[0]));
            WarmUp.run(new ServedModel(version, model), System::nanoTime);
        } catch (ModelRefusedException | IllegalStateException refused) {
            exit(String.valueOf(refused.getMessage()));
        } catch (InferenceException failed) {
            exit("it could not be run on made-up rows");
        }
        Runtime.getRuntime().halt(0);
    }

    private static void exit(String reason) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(reason.lines().findFirst().orElse(""));
        out.flush();
        Runtime.getRuntime().halt(REFUSED);
    }
}
