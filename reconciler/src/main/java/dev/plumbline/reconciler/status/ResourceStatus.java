package dev.plumbline.reconciler.status;

import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.runtime.TrainingProgress;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.VersionName;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one resource.
 *
 * @param file where its spec is; empty for one that is being removed
 * @param version what serves (Serving), or what the current specs' run became (Training)
 * @param observedRevision the last revision at which it was looked at
 * @param attemptedRevision the last revision whose plan for it was begun
 * @param appliedRevision the last revision that it was made true to
 * @param conditions {@code Ready} is always one of them
 * @param window live traffic, for a watched Serving and its Monitoring
 */
public record ResourceStatus(
        ResourceId id,
        Optional<String> file,
        Optional<VersionName> version,
        Optional<Digest> digest,
        Optional<Revision> observedRevision,
        Optional<Revision> attemptedRevision,
        Optional<Revision> appliedRevision,
        List<Condition> conditions,
        Optional<TrainingProgress> progress,
        Optional<EndpointObservation.Window> window) {
    public ResourceStatus {
        conditions = List.copyOf(conditions);
        if (conditions.stream().noneMatch(each -> each.type() == ConditionType.READY)) {
            throw new IllegalArgumentException("nothing is said of whether " + id + " is ready");
        }
    }

    /** The same with other conditions. */
    public ResourceStatus with(List<Condition> other) {
        return new ResourceStatus(
                id,
                file,
                version,
                digest,
                observedRevision,
                attemptedRevision,
                appliedRevision,
                other,
                progress,
                window);
    }

    /** The condition of this type, while it is present. */
    public Optional<Condition> condition(ConditionType type) {
        return conditions.stream().filter(each -> each.type() == type).findFirst();
    }

    /** Whether it is as its spec asks, and why it is or is not. */
    public Condition readiness() {
        return condition(ConditionType.READY).orElseThrow();
    }

    /** Whether it is as its spec asks. */
    public boolean ready() {
        return readiness().status() == Condition.Truth.TRUE;
    }
}
