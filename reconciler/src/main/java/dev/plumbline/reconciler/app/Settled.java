package dev.plumbline.reconciler.app;

import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.reconciler.status.Condition;
import dev.plumbline.reconciler.status.ConditionType;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.schemas.problem.Severity;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Tells when nothing is left to do that a person need not do, for {@code up --once}. */
final class Settled {
    private static final Duration QUIET = Duration.ofSeconds(3);

    /** Reasons of a wait that ends by itself. */
    private static final Set<String> PASSING =
            Set.of("Training", "Queued", "Promoting", "Raced", "Cancelled", "Changed", "NoVersion", "EndpointMissing");

    private final Operations operations;
    private final BooleanSupplier idle;
    private boolean good;

    Settled(Operations operations, BooleanSupplier idle) {
        this.operations = operations;
        this.idle = idle;
    }

    /** Whether all is still, and stays so for a while. */
    boolean look() throws InterruptedException {
        Operations.State state = operations.state();
        if (!still(state)) {
            return false;
        }
        Operations.State later = operations.awaitChange(state.generation(), QUIET);
        if (later.generation() != state.generation() || !still(later)) {
            return false;
        }
        good = later.sourceProblem().isEmpty()
                && later.resources().stream().allMatch(each -> each.ready() || leaving(each))
                && later.problems().stream().noneMatch(each -> each.severity() == Severity.ERROR);
        return true;
    }

    /** Whether nothing is left of it but its grace period, for which nobody need stay. */
    private static boolean leaving(ResourceStatus status) {
        return status.condition(ConditionType.READY)
                .filter(ready -> ready.reason().equals("Leaving"))
                .isPresent();
    }

    /** Whether everything is ready, and no file has an error. */
    boolean good() {
        return good;
    }

    private boolean still(Operations.State state) {
        if (state.sourceProblem().isPresent()) {
            return true;
        }
        boolean blocked = state.resources().stream().anyMatch(Settled::stalled);
        return state.revision().isPresent()
                && idle.getAsBoolean()
                && state.resources().stream().noneMatch(each -> passing(each, blocked));
    }

    private static boolean stalled(ResourceStatus status) {
        return status.condition(ConditionType.STALLED).isPresent();
    }

    /** What waits for something that is stalled itself waits for a person too. */
    private static boolean passing(ResourceStatus status, boolean blocked) {
        return status.condition(ConditionType.READY)
                .filter(ready -> ready.status() != Condition.Truth.TRUE)
                .map(Condition::reason)
                .filter(PASSING::contains)
                .filter(reason -> !(blocked && reason.equals("NoVersion")))
                .isPresent();
    }
}
