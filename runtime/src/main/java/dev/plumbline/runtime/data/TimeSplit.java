package dev.plumbline.runtime.data;

import dev.plumbline.schemas.model.Split;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Holds out the latest rows, ties together; rows without a time are learnt from. */
final class TimeSplit {
    private TimeSplit() {}

    static RowSplit split(Table table, Split split) {
        String column =
                split.column().orElseThrow(() -> new IllegalArgumentException("a split by time names its column"));
        int[] order = table.numeric(column) ? ranks(table.numbers(column)) : ranks(table, column);
        int cut = cut(order, split.test());
        boolean[] held = new boolean[order.length];
        for (int row = 0; row < order.length; row++) {
            held[row] = order[row] >= cut;
        }
        return RowSplit.of(held);
    }

    /** The rank from which rows are held out: the share nearest to the one asked for, the smaller one on a tie. */
    private static int cut(int[] ranks, double share) {
        int highest = Arrays.stream(ranks).max().orElse(0);
        long[] count = new long[highest + 1];
        for (int rank : ranks) {
            count[rank]++;
        }
        double wanted = share * ranks.length;
        int best = highest + 1;
        double nearest = Double.POSITIVE_INFINITY;
        long held = 0;
        for (int rank = highest; rank > 0; rank--) {
            held += count[rank];
            if (held < ranks.length && Math.abs(held - wanted) < nearest) {
                nearest = Math.abs(held - wanted);
                best = rank;
            }
        }
        return best;
    }

    private static int[] ranks(double[] values) {
        double[] distinct = Splitter.sortedDistinct(
                Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray());
        return Arrays.stream(values)
                .mapToInt(value -> Double.isNaN(value) ? 0 : 1 + Arrays.binarySearch(distinct, value))
                .toArray();
    }

    private static int[] ranks(Table table, String column) {
        List<String> distinct = table.distinct(column);
        String[] sorted = distinct.toArray(String[]::new);
        @Nullable String[] values = table.categories(column);
        int[] ranks = new int[values.length];
        for (int row = 0; row < values.length; row++) {
            String value = values[row];
            ranks[row] = value == null ? 0 : 1 + Arrays.binarySearch(sorted, Objects.requireNonNull(value));
        }
        return ranks;
    }
}
