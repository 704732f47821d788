package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.VersionName;
import java.time.Clock;
import java.util.Optional;

/** Makes the events that transitions carry. */
public final class Events {
    private final Clock clock;

    /** Events at the time of this clock. */
    public Events(Clock clock) {
        this.clock = clock;
    }

    /** Something that happened to a resource as such. */
    public EventEntry of(ResourceId resource, String reason, String message, Optional<Revision> revision) {
        return by(resource, reason, message, revision, Optional.empty());
    }

    /** The same, done by somebody; empty for the loop. */
    public EventEntry by(
            ResourceId resource, String reason, String message, Optional<Revision> revision, Optional<String> actor) {
        return new EventEntry(
                clock.instant(), resource, reason, message, revision, Optional.empty(), Optional.empty(), actor);
    }

    EventEntry ofRun(ResourceId training, RunId run, String reason, String message) {
        return ofRun(training, run, reason, message, Optional.empty());
    }

    EventEntry ofRun(ResourceId training, RunId run, String reason, String message, Optional<String> actor) {
        return new EventEntry(
                clock.instant(),
                training,
                reason,
                message,
                Optional.empty(),
                Optional.empty(),
                Optional.of(run),
                actor);
    }

    EventEntry ofVersion(
            ResourceId resource,
            VersionName version,
            String reason,
            String message,
            Optional<Revision> revision,
            Optional<String> actor) {
        return new EventEntry(
                clock.instant(), resource, reason, message, revision, Optional.of(version), Optional.empty(), actor);
    }
}
