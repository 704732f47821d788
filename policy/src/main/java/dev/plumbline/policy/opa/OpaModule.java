package dev.plumbline.policy.opa;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Rego compiled to Wasm, checked once and evaluated as often as wanted, each time in a memory as it was before the first
 * time. Thread-safe.
 */
final class OpaModule {
    private static final String ENTRYPOINT = "plumbline/decision";

    private final Digest digest;
    private final WasmModule module;
    private final Function<Instance, Machine> machines;
    private final int entrypoint;
    private final Queue<OpaInstance> idle =
            new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

    private OpaModule(Digest digest, WasmModule module, Function<Instance, Machine> machines) {
        this.digest = digest;
        this.module = module;
        this.machines = machines;
        OpaInstance instance = instance();
        JsonNode missing = instance.builtins();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("the policy calls built-in functions that this engine does not offer: "
                    + String.join(", ", missing.propertyNames()));
        }
        JsonNode number = instance.entrypoints().path(ENTRYPOINT);
        if (!number.isInt()) {
            throw new IllegalArgumentException("the policy has no entrypoint " + ENTRYPOINT);
        }
        this.entrypoint = number.intValue();
    }

    /** The policy of this project, compiled to bytecode when the project was built. */
    static OpaModule shipped() {
        return new OpaModule(
                ShippedPolicy.digest(), Parser.parse(ShippedPolicy.resource("Policy.meta")), PolicyMachine::new);
    }

    /**
     * Any other policy.
     *
     * @param compiler makes what runs its functions
     * @throws IllegalArgumentException when it is not Wasm, has no decision, or calls what the engine does not offer
     */
    static OpaModule of(byte[] wasm, Function<WasmModule, Function<Instance, Machine>> compiler) {
        try {
            WasmModule module = Parser.parse(wasm);
            return new OpaModule(Digest.of(wasm), module, compiler.apply(module));
        } catch (ChicoryException unreadable) {
            throw new IllegalArgumentException("the policy is not Wasm that OPA compiled", unreadable);
        }
    }

    Digest digest() {
        return digest;
    }

    /** The result set of the decision; throws whatever ends the evaluation before there is one. */
    JsonNode evaluate(JsonNode input) {
        OpaInstance waiting = idle.poll();
        OpaInstance used = waiting != null ? waiting : instance().prepared(entrypoint);
        JsonNode results = used.evaluate(Json.canonical(input));
        if (used.forget()) {
            // One that finds no place is let go of.
            var _ = idle.offer(used);
        }
        return results;
    }

    private OpaInstance instance() {
        return new OpaInstance(module, machines);
    }
}
