package dev.plumbline.reconciler.queue;

/** What becomes of a run that asks to start. */
public sealed interface Turn {
    /** It may start; its room is kept until it has ended. */
    record Now() implements Turn {}

    /**
     * It waits, and is looked at again once it may start.
     *
     * @param joined whether it was not waiting before
     */
    record Later(Place place, boolean joined) implements Turn {}

    /**
     * It declares more than there will ever be.
     *
     * @param why what it declares, what the limit is, and what to do
     */
    record Never(String why) implements Turn {}
}
