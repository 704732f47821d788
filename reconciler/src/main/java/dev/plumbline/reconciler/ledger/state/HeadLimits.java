package dev.plumbline.reconciler.ledger.state;

/**
 * How much of the record the head of the ledger's branch holds whole; older parts stay in its history. What serves, or
 * served lately, is held whatever its age.
 *
 * @param versions newest versions of each model
 * @param runs newest runs of each model that became no version
 * @param events newest events of each resource
 * @param verdicts newest verdicts that nothing held refers to
 * @param datasets newest readings of data files
 * @param admissions newest admissions
 */
public record HeadLimits(int versions, int runs, int events, int verdicts, int datasets, int admissions) {
    public static HeadLimits standard() {
        // Of each spec that is acted on the head must hold the verdict and the reading, or they are made again each
        // time.
        return new HeadLimits(20, 20, 100, 50_000, 20_000, 20);
    }
}
