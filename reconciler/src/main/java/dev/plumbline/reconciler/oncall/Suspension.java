package dev.plumbline.reconciler.oncall;

import dev.plumbline.reconciler.ledger.SuspensionEntry;
import dev.plumbline.schemas.model.Durations;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * Why nothing is done about a resource for now.
 *
 * @param words who said so, why and until when, after "it is"
 * @param remedy how it ends
 * @param until when it ends by itself; empty: never
 */
public record Suspension(String words, String remedy, Optional<Instant> until) {
    /** The condition and its reason. */
    public static final String REASON = "Suspended";

    /** Whoever means longer does not know when: that is a suspension without a time limit. */
    private static final Duration LONGEST = Duration.ofDays(365);

    /** Why nothing can be suspended for this time, where it cannot. */
    public static Optional<String> unfit(Duration time) {
        if (!time.isPositive()) {
            return Optional.of("a suspension for " + Durations.text(time) + " would be over at once");
        }
        return time.compareTo(LONGEST) > 0
                ? Optional.of("a suspension ends after " + Durations.text(LONGEST) + " at the latest, and "
                        + Durations.text(time) + " is longer")
                : Optional.empty();
    }

    /** By the spec itself. */
    static Suspension of(Resource resource, Optional<Revision> revision) {
        return new Suspension(
                "suspended by a commit: metadata.suspend in " + resource.file()
                        + revision.map(at -> " at " + at.shortened()).orElse(""),
                "a commit that takes it out resumes it",
                Optional.empty());
    }

    /** By somebody's word. */
    static Suspension of(SuspensionEntry entry) {
        String end = entry.until()
                .map(until -> "until " + until.truncatedTo(ChronoUnit.SECONDS))
                .orElse("without a time limit");
        return new Suspension(
                (entry.resource().isPresent() ? "suspended by " : "suspended with everything else by ") + entry.actor()
                        + " " + end + ": " + entry.reason(),
                "`plumb resume " + entry.resource().map(Suspension::name).orElse("--all") + "` ends it",
                entry.until());
    }

    /** All of it in one sentence. */
    public String sentence() {
        return words + "; " + remedy;
    }

    /** A resource as one types it. */
    public static String name(ResourceId id) {
        return id.kind().label().toLowerCase(Locale.ROOT) + "/" + id.name();
    }
}
