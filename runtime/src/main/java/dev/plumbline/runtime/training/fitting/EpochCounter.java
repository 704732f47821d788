package dev.plumbline.runtime.training.fitting;

/** Turns rows seen into epochs done. For one thread. */
final class EpochCounter implements Runnable {
    private final int rows;
    private final int epochs;
    private final FitProgress progress;
    private long seen;

    EpochCounter(int rows, int epochs, FitProgress progress) {
        this.rows = rows;
        this.epochs = epochs;
        this.progress = progress;
    }

    @Override
    public void run() {
        seen++;
        if (seen % rows == 0) {
            progress.at(seen / rows, epochs, "epoch");
        }
    }
}
