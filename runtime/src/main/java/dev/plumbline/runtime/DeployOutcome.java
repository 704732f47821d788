package dev.plumbline.runtime;

/** What became of a change to an endpoint. */
public sealed interface DeployOutcome {
    /** It holds. */
    record Done() implements DeployOutcome {}

    /**
     * It does not, and what served before goes on.
     *
     * @param reason fixed code: {@code ArtifactMissing}, {@code ProbeFailed}, {@code LoadFailed}, {@code Unreachable}
     * @param message what happened and what to do
     * @param permanent whether only a person's change helps
     */
    record Failed(String reason, String message, boolean permanent) implements DeployOutcome {}
}
