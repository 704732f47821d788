package dev.plumbline.reconciler.app;

import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.reconciler.status.ConditionType;
import dev.plumbline.reconciler.status.Reason;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.schemas.problem.Severity;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Tells when nothing is left to do that a person need not do, for {@code up --once}. */
final class Settled {
    private static final Duration QUIET = Duration.ofSeconds(3);

    /** Reasons of a wait that ends by itself. */
    private static final Set<Reason> PASSING = Set.of(
            Reason.NOT_OBSERVED,
            Reason.TRAINING,
            Reason.QUEUED,
            Reason.PROMOTING,
            Reason.RACED,
            Reason.CANCELLED,
            Reason.CHANGED,
            Reason.NO_VERSION,
            Reason.ENDPOINT_MISSING);

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
        return status.readiness().reason() == Reason.LEAVING;
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
        Reason reason = status.readiness().reason();
        return !status.ready() && PASSING.contains(reason) && !(blocked && reason == Reason.NO_VERSION);
    }
}
