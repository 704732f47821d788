package dev.plumbline.runtime.data;

/** Which rows of a table are learnt from and which are held out; both in the table's order. Immutable. */
public final class RowSplit {
    private final int[] training;
    private final int[] heldOut;

    RowSplit(int[] training, int[] heldOut) {
        this.training = training;
        this.heldOut = heldOut;
    }

    static RowSplit of(boolean[] held) {
        int count = 0;
        for (boolean one : held) {
            count += one ? 1 : 0;
        }
        int[] training = new int[held.length - count];
        int[] heldOut = new int[count];
        int t = 0;
        int h = 0;
        for (int row = 0; row < held.length; row++) {
            if (held[row]) {
                heldOut[h++] = row;
            } else {
                training[t++] = row;
            }
        }
        return new RowSplit(training, heldOut);
    }

    /** Indices of the rows to learn from. */
    public int[] training() {
        return training.clone();
    }

    /** Indices of the rows that are held out. */
    public int[] heldOut() {
        return heldOut.clone();
    }
}
