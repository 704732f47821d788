package dev.plumbline.policy.opa;

import dev.plumbline.policy.Decision;
import dev.plumbline.policy.Gate;
import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.policy.Reason;
import dev.plumbline.schemas.model.Digest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Evaluates Rego in this process. Thread-safe: every decision has memory and a thread of its own, so none sees another,
 * and one that does not end is interrupted.
 */
public final class EmbeddedOpa implements PolicyEngine {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedOpa.class);
    private static final Duration LIMIT = Duration.ofSeconds(2);

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
     * @param threads where decisions are evaluated, one task each; every task may take two seconds
     */
    public static EmbeddedOpa shipped(ExecutorService threads) {
        return new EmbeddedOpa(OpaModule.shipped(), threads, LIMIT);
    }

    @Override
    public Digest policy() {
        return module.digest();
    }

    @Override
    public List<Decision> decide(Gate gate, List<ObjectNode> inputs) {
        return inputs.stream().map(input -> decide(gate, input)).toList();
    }

    private Decision decide(Gate gate, ObjectNode input) {
        Future<Decision> evaluation = threads.submit(() -> OpaAnswer.read(gate, module.evaluate(input)));
        try {
            return evaluation.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return Decision.inconclusive(
                    Reason.TIMEOUT, "the policy gave no answer within " + limit.toMillis() + " ms");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Decision.inconclusive(Reason.ERROR, "the evaluation was stopped");
        } catch (ExecutionException failure) {
            LOG.error("policy evaluation failed gate={} policy={}", gate.label(), policy(), failure.getCause());
            return Decision.inconclusive(Reason.ERROR, "the evaluation of the policy failed; the log says why");
        } finally {
            evaluation.cancel(true);
        }
    }
}
