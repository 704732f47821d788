import com.dylibso.chicory.build.time.compiler.Config;
import com.dylibso.chicory.build.time.compiler.Generator;
import com.dylibso.chicory.compiler.InterpreterFallback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;

/**
 * Compiles the Wasm of the policy to Java bytecode, so that a start costs no compilation. The build runs this file;
 * arguments are the Wasm file and the folder for what comes out of it.
 */
final class CompilePolicy {
    private CompilePolicy() {}

    public static void main(String[] arguments) throws IOException {
        Path wasm = Path.of(arguments[0]);
        Path target = Path.of(arguments[1]);
        Path mark = target.resolve("policy.wasm");
        if (Files.exists(mark) && Files.mismatch(wasm, mark) == -1) {
            return;
        }
        Config config = Config.builder()
                .withWasmFile(wasm)
                .withName("dev.plumbline.policy.opa.Policy")
                .withTargetClassFolder(target.resolve("classes"))
                .withTargetSourceFolder(target.resolve("sources"))
                .withTargetWasmFolder(target.resolve("classes"))
                .withInterpreterFallback(InterpreterFallback.FAIL)
                .build();
        Generator generator = new Generator(config);
        Set<Integer> interpreted = generator.generateResources();
        generator.generateMetaWasm(interpreted);
        Files.copy(wasm, mark, StandardCopyOption.REPLACE_EXISTING);
    }
}
