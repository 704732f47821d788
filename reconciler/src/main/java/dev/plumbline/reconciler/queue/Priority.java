package dev.plumbline.reconciler.queue;

/** Who wants a run, most urgent first: within one of these, who asked first goes first. */
public enum Priority {
    /** An endpoint is down, or would be at its next start, before the lost artifact of what it serves is made again. */
    OUTAGE,
    /** A person asked for this very resource, such as by {@code plumb reconcile training/churn}. */
    PERSON,
    /** A commit asks for a run that was not tried yet. */
    COMMIT,
    /** Nobody but the loop itself: another attempt after a failure, or for a lost artifact that serves nowhere. */
    AUTOMATION
}
