package dev.plumbline.schemas.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The named moments of the loop at which a process can be made to die as by {@code kill -9}, in the order in which a
 * change passes them. Two system properties switch one on, and without them a hit is nothing:
 *
 * <ul>
 *   <li>{@code plumbline.failpoint=NAME[@N]}: the process dies at the N-th hit, at the first when none is given;
 *   <li>{@code plumbline.failpoint.fuse=FILE}: the same text is read from a file whenever there is one. The process that
 *       dies removes it first, so of all the processes that are given it one dies, once.
 * </ul>
 *
 * <p>Thread-safe.
 */
public enum Failpoint {
    SERVING_SPAWNED("serving.spawned"),
    SERVE_RESTORED("serve.restored"),
    SERVE_PUBLISHED("serve.published"),
    SERVING_FOUND("serving.found"),
    TAKEOVER_COMMITTED("takeover.committed"),
    TAKEOVER_PUSHED("takeover.pushed"),
    LOST_ATTEMPTS_ENDED("run.lost-ended"),
    FETCH_LISTED("fetch.listed"),
    FETCH_FETCHED("fetch.fetched"),
    FETCH_ACCEPTED("fetch.accepted"),
    CATALOG_LOADED("catalog.loaded"),
    ADMISSION_JUDGED("admission.judged"),
    ADMISSION_RECORDED("admission.recorded"),
    DATA_COPIED("data.copied"),
    DATA_READ("data.read"),
    PLAN_MADE("plan.made"),
    RUN_ASKED("run.asked"),
    RUN_RECORDED("run.recorded"),
    RUN_STARTED("run.started"),
    TRAINING_SPAWNED("training.spawned"),
    TRAINING_READ("training.read"),
    TRAINING_FITTED("training.fitted"),
    ARTIFACT_WRITTEN("artifact.written"),
    ARTIFACT_MOVED("artifact.moved"),
    TRAINING_STORED("training.stored"),
    RUN_ENDED("run.ended"),
    RUN_END_RECORDED("run.end-recorded"),
    REGISTRATION_JUDGED("registration.judged"),
    VERSION_REGISTERED("version.registered"),
    PROMOTION_JUDGED("promotion.judged"),
    PROMOTION_COMMITTED("promotion.committed"),
    PROMOTION_BEFORE_PUSH("promotion.before-push"),
    PROMOTION_PUSHED("promotion.pushed"),
    PROMOTION_RECORDED("promotion.recorded"),
    MOVE_OBSERVED("move.observed"),
    MOVE_RECORDED("move.recorded"),
    ENDPOINT_BEFORE_DEPLOY("endpoint.before-deploy"),
    ARTIFACT_PROBED("artifact.probed"),
    TABLE_PREVIOUS_KEPT("table.previous-kept"),
    TABLE_WRITTEN("table.written"),
    TABLE_MOVED("table.moved"),
    TABLE_SWAPPED("table.swapped"),
    ENDPOINT_DEPLOYED("endpoint.deployed"),
    ENDPOINT_RECORDED("endpoint.recorded"),
    ENDPOINT_REMOVED("endpoint.removed"),
    REMOVAL_RECORDED("endpoint.removal-recorded"),
    LEDGER_COMMITTED("ledger.committed"),
    LEDGER_MOVED("ledger.moved"),
    LEDGER_BEFORE_PUSH("ledger.before-push"),
    LEDGER_PUSHED("ledger.pushed"),
    LEDGER_MOVE_COMMITTED("ledger.move-committed"),
    LEDGER_MOVE_PUSHED("ledger.move-pushed");

    private static final @Nullable Trap TRAP =
            Trap.of(System::getProperty, () -> Runtime.getRuntime().halt(Trap.KILLED));

    private final String label;

    Failpoint(String label) {
        this.label = label;
    }

    /** The name by which it is switched on. */
    public String label() {
        return label;
    }

    /** Dies here if this moment is switched on. */
    public void hit() {
        Trap trap = TRAP;
        if (trap != null) {
            trap.hit(this);
        }
    }

    /** The JVM options that switch on in a child what is switched on here; usually none. */
    public static List<String> options() {
        return Trap.PROPERTIES.stream()
                .flatMap(name ->
                        Optional.ofNullable(System.getProperty(name)).map(value -> "-D" + name + "=" + value).stream())
                .toList();
    }

    static Failpoint of(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no failpoint " + label + "; there are "
                        + Arrays.stream(values()).map(Failpoint::label).collect(Collectors.joining(", "))));
    }
}
