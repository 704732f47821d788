package dev.plumbline.reconciler.queue;

/** Who wants a run, most urgent first: within one of these, who asked first goes first. */
public enum Priority {
    /** A person asked for this very resource, such as by {@code plumb reconcile training/churn}. */
    PERSON,
    /** A commit asks for a run that was not tried yet. */
    COMMIT,
    /** Nobody but the loop itself: another attempt after a failure, or for an artifact that was lost. */
    AUTOMATION
}
