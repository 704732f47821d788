package dev.plumbline.reconciler.notification;

import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.status.Condition;
import dev.plumbline.reconciler.status.Reason;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.VersionName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what is to be told now: what is, against what was told. Pure. */
final class Notices {
    private static final String NOTHING = "";

    /** What is told of the control plane itself. */
    private static final String PLANE = "control plane";

    private final Optional<String> environment;

    Notices(Optional<String> environment) {
        this.environment = environment;
    }

    /**
     * A message to be sent.
     *
     * @param topic what is told of: a resource, or what an endpoint serves
     * @param state what is told of it, once the message has arrived
     */
    record Due(String topic, String state, Notice notice) {}

    /** All that is due. */
    List<Due> due(Operations.State state, List<Operations.Warning> warnings, LedgerView ledger, Told told) {
        return Stream.of(
                        state.resources().stream()
                                // What it is waits for the first look at it; what was told before the start still
                                // holds.
                                .filter(resource -> resource.readiness().reason() != Reason.NOT_OBSERVED)
                                .flatMap(resource -> condition(resource, told).stream()),
                        ledger.endpoints().stream().flatMap(endpoint -> live(endpoint, told).stream()),
                        frozen(state, warnings, told).stream())
                .flatMap(each -> each)
                .toList();
    }

    /** What keeps the control plane from following anything. */
    private Optional<Due> frozen(Operations.State now, List<Operations.Warning> warnings, Told told) {
        Optional<Operations.Warning> freeze =
                warnings.stream().filter(Operations.Warning::freezes).findFirst();
        String state = freeze.map(each -> each.reason() + ": " + each.message()).orElse(NOTHING);
        if (state.equals(told.of(PLANE))) {
            return Optional.empty();
        }
        return Optional.of(new Due(
                PLANE,
                state,
                new Notice(
                        told.id(PLANE, state),
                        freeze.isPresent() ? Notice.Type.ACTION_REQUIRED : Notice.Type.RESOLVED,
                        PLANE,
                        freeze.map(Operations.Warning::reason).orElse("Follows"),
                        freeze.map(Operations.Warning::message).orElse("the branch is followed again"),
                        now.revision().map(Revision::id),
                        Optional.empty(),
                        environment)));
    }

    private Optional<Due> condition(ResourceStatus resource, Told told) {
        String topic = resource.id().toString();
        Optional<Condition> asks = resource.conditions().stream()
                .filter(each -> each.reason().sort() == Reason.Sort.PERSON)
                .findFirst();
        String state =
                asks.map(each -> each.reason().label() + ": " + each.message()).orElse(NOTHING);
        if (state.equals(told.of(topic))) {
            return Optional.empty();
        }
        Condition said = asks.orElseGet(resource::readiness);
        return Optional.of(new Due(
                topic,
                state,
                new Notice(
                        told.id(topic, state),
                        asks.isPresent() ? Notice.Type.ACTION_REQUIRED : Notice.Type.RESOLVED,
                        topic,
                        said.reason().label(),
                        said.message(),
                        resource.observedRevision().map(Revision::id),
                        resource.version().map(VersionName::toString),
                        environment)));
    }

    private Optional<Due> live(EndpointEntry endpoint, Told told) {
        Optional<EndpointEntry.Service> stable = endpoint.stable();
        String topic = "live " + endpoint.serving();
        String state =
                stable.map(each -> each.version() + " since " + each.from()).orElse(NOTHING);
        if (stable.isEmpty() || state.equals(told.of(topic))) {
            return Optional.empty();
        }
        EndpointEntry.Service service = stable.get();
        boolean again = endpoint.history().stream()
                .limit(endpoint.history().size() - 1L)
                .anyMatch(earlier -> earlier.version().equals(service.version()));
        return Optional.of(new Due(
                topic,
                state,
                new Notice(
                        told.id(topic, state),
                        Notice.Type.LIVE,
                        "Serving/" + endpoint.serving(),
                        again ? "RolledBack" : "Promoted",
                        service.version() + (again ? " serves again" : " serves"),
                        Optional.of(service.commit().id()),
                        Optional.of(service.version().toString()),
                        environment)));
    }
}
