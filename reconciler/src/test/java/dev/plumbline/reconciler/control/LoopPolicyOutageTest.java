package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.policy.Decision;
import dev.plumbline.policy.Gate;
import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.policy.Reason;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** An engine that gives no answer stops what goes forward, and nothing else. */
final class LoopPolicyOutageTest {
    private static final String UNAVAILABLE = "PolicyUnavailable";

    @TempDir
    Path folder;

    private LoopBed bed;
    private Switch engine;

    @BeforeEach
    void start() throws Exception {
        bed = new LoopBed(folder).withSpecs();
        engine = new Switch(bed.policy);
        bed.policy = engine;
        bed.start();
        bed.awaitLive("v1");
        bed.awaitReason(Specs.SERVING, "Serving");
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void nothingGoesForwardAndWhatServesGoesOn() {
        engine.off = true;
        bed.push("training/churn.yaml", Specs.training(2));
        bed.until(this::warned, "the engine is missed");

        assertThat(bed.endpoints.version("churn-api")).contains("v1");
        bed.until(() -> held().equals(Set.of(Specs.TRAINING)), "what was pushed is held back");
        assertThat(bed.meters().get("plumbline.policy.unavailable").gauge().value())
                .isEqualTo(1);
        assertThat(bed.meters()
                        .get("plumbline.policy.decisions")
                        .tag("reason", "unreachable")
                        .counters())
                .isNotEmpty();

        engine.off = false;
        bed.ring();
        bed.awaitLive("v2");
        bed.awaitReason(Specs.SERVING, "Serving");

        assertThat(warned()).isFalse();
        assertThat(held()).isEmpty();
        assertThat(bed.meters().get("plumbline.policy.unavailable").gauge().value())
                .isZero();
    }

    @Test
    void theWayBackToWhatServedBeforeIsOpen() throws Exception {
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitLive("v2");
        bed.awaitReason(Specs.SERVING, "Serving");
        Digest before = endpoint().history().getFirst().verdict();
        engine.off = true;

        bed.operations()
                .write(new Operations.Change(
                        "churn-api", true, Optional.empty(), "ann", Optional.of("v2 answers too slowly")));
        bed.awaitLive("v1");
        bed.until(() -> endpoint().history().size() == 3, "the way back is recorded");

        assertThat(endpoint().stable().orElseThrow().verdict()).isEqualTo(before);
    }

    private boolean warned() {
        return bed.operations().warnings().stream()
                .anyMatch(each -> each.reason().equals(UNAVAILABLE));
    }

    private Set<ResourceId> held() {
        return bed.operations().ledger().admission().orElseThrow().heldBack().keySet();
    }

    private EndpointEntry endpoint() {
        return bed.operations().ledger().endpoint("churn-api").orElseThrow();
    }

    /** An engine that a test can cut off. */
    private static final class Switch implements PolicyEngine {
        private final PolicyEngine engine;
        private volatile boolean off;

        Switch(PolicyEngine engine) {
            this.engine = engine;
        }

        @Override
        public Digest policy() {
            return engine.policy();
        }

        @Override
        public List<Decision> decide(Gate gate, List<ObjectNode> inputs) {
            return off
                    ? Collections.nCopies(inputs.size(), Decision.inconclusive(Reason.UNREACHABLE, "nobody is there"))
                    : engine.decide(gate, inputs);
        }
    }
}
