package dev.plumbline.policy.opa;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryImport;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.plumbline.schemas.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Evaluates by the binary interface of OPA's Wasm modules (version 1.3), one input after the other. Memory and globals are
 * put back to what they were before the first input, so no evaluation sees anything of another. After one that failed it
 * is not to be used again. Not thread-safe.
 */
final class OpaInstance {
    /** 64 MiB: far more than a decision needs, far less than what would hurt. */
    private static final int MOST_PAGES = 1024;

    private static final byte[] NO_DATA = "{}".getBytes(StandardCharsets.UTF_8);

    private final Memory memory;
    private final Instance instance;
    private final Map<String, ExportFunction> functions = new HashMap<>();
    private long context;
    private byte[] fresh = new byte[0];
    private long[] freshGlobals = new long[0];

    OpaInstance(WasmModule module, Function<Instance, Machine> machines) {
        memory = new ByteArrayMemory(new MemoryLimits(pages(module), MOST_PAGES));
        instance = Instance.builder(module)
                .withImportValues(imports(memory))
                .withMachineFactory(machines)
                .build();
    }

    /** What the module asks for to begin with: more, the more its rules say. */
    private static int pages(WasmModule module) {
        return module.importSection().stream()
                .filter(MemoryImport.class::isInstance)
                .mapToInt(wanted -> ((MemoryImport) wanted).limits().initialPages())
                .max()
                .orElse(0);
    }

    /** The built-in functions that the host would have to supply, with their numbers. */
    JsonNode builtins() {
        return dump(call("builtins"));
    }

    /** The decisions that can be asked for, with their numbers. */
    JsonNode entrypoints() {
        return dump(call("entrypoints"));
    }

    /** Makes it ready to {@link #evaluate} this entrypoint. */
    OpaInstance prepared(int entrypoint) {
        context = call("opa_eval_ctx_new");
        call("opa_eval_ctx_set_entrypoint", context, entrypoint);
        call("opa_eval_ctx_set_data", context, parse(NO_DATA));
        fresh = memory.readBytes(0, Memory.bytes(memory.pages()));
        freshGlobals = new long[instance.module().globalSection().globalCount()];
        for (int global = 0; global < freshGlobals.length; global++) {
            freshGlobals[global] = instance.global(global).getValue();
        }
        return this;
    }

    /** The result set for this input. */
    JsonNode evaluate(byte[] input) {
        call("opa_eval_ctx_set_input", context, parse(input));
        call("eval", context);
        return dump(call("opa_eval_ctx_get_result", context));
    }

    /** Forgets the last input; false when it cannot, because that took more memory than there was. */
    boolean forget() {
        if (Memory.bytes(memory.pages()) != fresh.length) {
            return false;
        }
        memory.write(0, fresh);
        for (int global = 0; global < freshGlobals.length; global++) {
            if (instance.global(global).getMutabilityType() == MutabilityType.Var) {
                instance.global(global).setValue(freshGlobals[global]);
            }
        }
        return true;
    }

    private long parse(byte[] json) {
        long address = call("opa_malloc", json.length);
        memory.write((int) address, json);
        long value = call("opa_json_parse", address, json.length);
        if (value == 0) {
            // An unreadable input would be an undefined one, and rules that negate would hold.
            throw new OpaFailure("the policy cannot read its input");
        }
        return value;
    }

    private JsonNode dump(long value) {
        String json = memory.readCString((int) call("opa_json_dump", value));
        return Json.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private long call(String function, long... arguments) {
        long[] results = functions.computeIfAbsent(function, instance::export).apply(arguments);
        return results == null || results.length == 0 ? 0 : results[0];
    }

    private static ImportValues imports(Memory memory) {
        return ImportValues.builder()
                .addMemory(new ImportMemory("env", "memory", memory))
                .addFunction(new HostFunction("env", "opa_abort", takes(1, List.of()), (instance, arguments) -> {
                    throw new OpaFailure("the policy gave up: " + memory.readCString((int) arguments[0]));
                }))
                .addFunction(new HostFunction("env", "opa_println", takes(1, List.of()), (instance, arguments) -> null))
                .addFunction(IntStream.rangeClosed(0, 4)
                        .mapToObj(OpaInstance::builtin)
                        .toArray(HostFunction[]::new))
                .build();
    }

    // The module always imports these; what would call them is refused when the module is loaded.
    private static HostFunction builtin(int arguments) {
        return new HostFunction(
                "env", "opa_builtin" + arguments, takes(arguments + 2, List.of(ValType.I32)), (instance, values) -> {
                    throw new OpaFailure("the policy called a built-in function that this engine does not offer");
                });
    }

    private static FunctionType takes(int count, List<ValType> returns) {
        return FunctionType.of(Collections.nCopies(count, ValType.I32), returns);
    }
}
