package dev.plumbline.reconciler.ledger;

import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.VersionName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The ledger as of one moment. Immutable: two reads of one view agree. */
public interface LedgerView {
    /** The run with this id, at its latest attempt. */
    Optional<RunEntry> run(RunId run);

    /** Every run that the head still holds whole, newest first. */
    List<RunEntry> runs();

    /** The registered version. */
    Optional<VersionEntry> version(VersionName version);

    /** The registered versions of a model that the head still holds whole, newest first. */
    List<VersionEntry> versions(String model);

    /**
     * The version of this model that a run became, also when the run itself is no longer held whole. Models whose specs
     * ask for the same run share its artifact, each under a version of its own.
     */
    Optional<VersionName> versionOf(String model, RunId run);

    /** The highest number ever given to a version of the model; 0 when there is none. */
    int highestNumber(String model);

    /** The endpoint of this Serving; also one that was {@link EndpointEntry#removed()}. */
    Optional<EndpointEntry> endpoint(String serving);

    /** The endpoint of this Serving, unless it was taken down. */
    default Optional<EndpointEntry> applied(String serving) {
        return endpoint(serving).filter(each -> !each.removed());
    }

    /** Every endpoint, and those removed lately. */
    Collection<EndpointEntry> endpoints();

    /** The inventory of what was applied and not taken down since. */
    default List<EndpointEntry> inventory() {
        return endpoints().stream().filter(each -> !each.removed()).toList();
    }

    /** The verdict with this id. */
    Optional<VerdictEntry> verdict(Digest id);

    /** The verdicts whose id begins with these hexadecimal digits. */
    List<VerdictEntry> verdicts(String digits);

    /** The reading of a data file with this key. */
    Optional<DatasetEntry> dataset(Digest key);

    /** Whose word keeps from acting on this resource alone, or on all of them where it is empty; also when it is over. */
    Optional<SuspensionEntry> suspension(Optional<ResourceId> resource);

    /** Every suspension that was not lifted, that of all resources first. */
    List<SuspensionEntry> suspensions();

    /** What was admitted last. */
    Optional<AdmissionEntry> admission();

    /** The newest events, newest first. */
    List<EventEntry> events(Optional<ResourceId> resource, int limit);

    /** Until when an endpoint goes on answering that no spec asks for any more; empty for any other. */
    default Optional<Instant> leaving(ResourceId serving) {
        return admission().map(AdmissionEntry::leaving).map(leaving -> leaving.get(serving));
    }
}
