package dev.plumbline.runtime.training.fitting;

/** Told how far fitting is. */
@FunctionalInterface
public interface FitProgress {
    /**
     * Called from any thread, never with less than before by the same thread.
     *
     * @param done what is done, such as trees
     * @param all what there is to do
     * @param unit what is counted, in the singular
     */
    void at(long done, long all, String unit);
}
