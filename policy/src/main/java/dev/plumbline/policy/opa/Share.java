package dev.plumbline.policy.opa;

import dev.plumbline.policy.Decision;
import dev.plumbline.policy.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Inputs that one thread evaluates one after the other, until it is ended. Whoever waits for it ends it when an evaluation
 * takes too long; what was decided until then stays. Thread-safe.
 */
final class Share implements Runnable {
    private final OpaModule module;
    private final Gate gate;
    private final List<ObjectNode> inputs;
    private final List<Decision> made = new ArrayList<>();
    private long since = System.nanoTime();
    private boolean ended;

    Share(OpaModule module, Gate gate, List<ObjectNode> inputs) {
        this.module = module;
        this.gate = gate;
        this.inputs = inputs;
    }

    Gate gate() {
        return gate;
    }

    /** How many inputs it has. */
    int size() {
        return inputs.size();
    }

    /** These decisions with as many more of one as are wanted, or as there are inputs. */
    List<Decision> filled(List<Decision> decisions, int more, Decision last) {
        List<Decision> filled = new ArrayList<>(decisions);
        filled.addAll(Collections.nCopies(Math.min(more, size() - decisions.size()), last));
        return filled;
    }

    /** A share of what comes after these. */
    Share after(int decided) {
        return new Share(module, gate, inputs.subList(decided, inputs.size()));
    }

    @Override
    // Nobody else comes to their turn otherwise where threads are virtual: these are not preempted.
    @SuppressWarnings("ThreadPriorityCheck")
    public void run() {
        for (ObjectNode input : inputs) {
            if (!keep(OpaAnswer.read(gate, module.evaluate(input)))) {
                return;
            }
            Thread.yield();
        }
    }

    private synchronized boolean keep(Decision decision) {
        if (!ended) {
            made.add(decision);
            since = System.nanoTime();
        }
        return !ended;
    }

    /** How much of its time the present evaluation has left; never less than nothing. */
    synchronized Duration left(Duration limit) {
        Duration left = limit.minusNanos(System.nanoTime() - since);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** What it decided; it decides nothing more. */
    synchronized List<Decision> end() {
        ended = true;
        return List.copyOf(made);
    }

    /** What it decided before the present evaluation, if that has taken too long; then it decides nothing more. */
    synchronized Optional<List<Decision>> endIfLate(Duration limit) {
        return left(limit).isZero() ? Optional.of(end()) : Optional.empty();
    }
}
