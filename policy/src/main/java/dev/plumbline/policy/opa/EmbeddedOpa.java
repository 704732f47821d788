package dev.plumbline.policy.opa;

import com.dylibso.chicory.runtime.InterpreterMachine;
import dev.plumbline.policy.Decision;
import dev.plumbline.policy.Gate;
import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.policy.Reason;
import dev.plumbline.schemas.model.Digest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Evaluates Rego in this process. Thread-safe: no decision sees anything of another, and one that does not end is
 * interrupted. Many inputs are evaluated by as many threads as there are processors.
 */
public final class EmbeddedOpa implements PolicyEngine {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedOpa.class);
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int PARALLEL = Runtime.getRuntime().availableProcessors();

    private final OpaModule module;
    private final ExecutorService threads;
    private final Duration limit;

    EmbeddedOpa(OpaModule module, ExecutorService threads, Duration limit) {
        this.module = module;
        this.threads = threads;
        this.limit = limit;
    }

    /**
     * The rules that come with this project.
     *
     * @param threads where decisions are evaluated; each may take two seconds
     */
    public static EmbeddedOpa shipped(ExecutorService threads) {
        return new EmbeddedOpa(OpaModule.shipped(), threads, LIMIT);
    }

    /**
     * Rules that were in force once. They are interpreted, and slower than what is built in, so each decision may take longer.
     *
     * @param wasm what OPA compiled
     * @throws IllegalArgumentException when it is not Wasm, has no decision, or calls what this engine does not offer
     */
    public static EmbeddedOpa former(byte[] wasm, ExecutorService threads) {
        return new EmbeddedOpa(OpaModule.of(wasm, module -> InterpreterMachine::new), threads, LIMIT.multipliedBy(30));
    }

    /** The rules that come with this project as OPA compiled them, for whoever keeps them. */
    public static byte[] shippedWasm() {
        return ShippedPolicy.wasm();
    }

    @Override
    public Digest policy() {
        return module.digest();
    }

    @Override
    public List<Decision> decide(Gate gate, List<ObjectNode> inputs) {
        int size = Math.max(1, Math.ceilDiv(inputs.size(), PARALLEL));
        List<Begun> shares = IntStream.iterate(0, from -> from < inputs.size(), from -> from + size)
                .mapToObj(from ->
                        begin(new Share(module, gate, inputs.subList(from, Math.min(from + size, inputs.size())))))
                .toList();
        return shares.stream().map(this::whole).flatMap(List::stream).toList();
    }

    /** A share and the thread that it was given to. */
    private record Begun(Share share, Future<?> evaluation) {}

    private Begun begin(Share share) {
        return new Begun(share, threads.submit(share));
    }

    /** Every decision of a share; after one that failed, another thread goes on with the rest. */
    private List<Decision> whole(Begun first) {
        List<Decision> decisions = new ArrayList<>(await(first));
        while (decisions.size() < first.share().size()) {
            decisions.addAll(await(begin(first.share().after(decisions.size()))));
        }
        return decisions;
    }

    /** What a share decided until its end or its first failure, which is the last decision then. */
    private List<Decision> await(Begun begun) {
        Share share = begun.share();
        try {
            while (true) {
                try {
                    var _ = begun.evaluation().get(share.left(limit).toNanos(), TimeUnit.NANOSECONDS);
                    return share.end();
                } catch (TimeoutException perhaps) {
                    Optional<List<Decision>> before = share.endIfLate(limit);
                    if (before.isPresent()) {
                        return share.filled(
                                before.get(),
                                1,
                                Decision.inconclusive(
                                        Reason.TIMEOUT,
                                        "the policy gave no answer within " + limit.toMillis() + " ms"));
                    }
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return share.filled(
                    share.end(), share.size(), Decision.inconclusive(Reason.ERROR, "the evaluation was stopped"));
        } catch (ExecutionException failure) {
            LOG.error("policy evaluation failed gate={} policy={}", share.gate().label(), policy(), failure.getCause());
            return share.filled(
                    share.end(),
                    1,
                    Decision.inconclusive(Reason.ERROR, "the evaluation of the policy failed; the log says why"));
        } finally {
            begun.evaluation().cancel(true);
        }
    }
}
