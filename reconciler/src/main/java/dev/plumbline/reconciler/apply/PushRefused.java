package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.schemas.model.VersionName;
import java.time.Duration;
import java.util.Optional;

/** What a promotion that lies on a branch of its own reports until somebody merges it. */
public final class PushRefused {
    private PushRefused() {}

    /** Waiting for a person, with the remote's own words and the command that merges. */
    public static Outcome outcome(VersionName to, String branch, Optional<String> refusal) {
        String merge = "merge it in any way, for instance: git fetch origin " + branch + " && git merge FETCH_HEAD";
        return refusal.map(words -> new Outcome.Waiting(
                        "PushRefused",
                        "the remote would not take the promotion to " + to + ": " + words.strip()
                                + "; it is on the branch " + branch + ": " + merge,
                        Duration.ofMinutes(5)))
                .orElseGet(() -> new Outcome.Waiting(
                        "MergeAwaited",
                        "the promotion to " + to + " is on the branch " + branch + ": " + merge,
                        Duration.ofMinutes(5)));
    }
}
