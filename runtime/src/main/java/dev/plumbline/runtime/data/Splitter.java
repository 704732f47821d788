package dev.plumbline.runtime.data;

import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Split;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides which rows are held out.
 *
 * <p>Random and stratified: a row draws a number in [0, 1) from SHA-256 over the seed and its key's value (its own hash
 * when there is no key or the key is missing), and is held out when the number is below the split's share. So a row keeps
 * its side whatever other rows come or go, and equal rows, or rows of one key, stay together. Stratified uses the same
 * threshold within every class and then mends the classes that have all their rows on one side although they have two
 * different draws: the rows with that class's lowest draw are held out, or those with its highest are learnt from, unless
 * this would take another class from a side. Only such rare classes can see a row change sides as data grows.
 *
 * <p>Time: rows are ordered by the split's column (numbers by size, text by code unit, as ISO 8601 dates order) and cut
 * between two different values where the held-out share is nearest to what was asked for, so ties stay together.
 */
public final class Splitter {
    /** A number with more values than this is an amount, which has no classes to keep on both sides. */
    private static final int MOST_NUMERIC_CLASSES = 20;

    private Splitter() {}

    /**
     * Splits the rows.
     *
     * @param label the column whose classes a stratified split keeps on both sides
     * @throws IllegalArgumentException when a column that the split names is not in the table
     */
    public static RowSplit split(Table table, RowHashes hashes, Split split, String label) {
        return switch (split.strategy()) {
            case RANDOM -> RowSplit.of(below(draws(table, hashes, split), split.test()));
            case STRATIFIED -> stratified(table, draws(table, hashes, split), split, label);
            case TIME -> TimeSplit.split(table, split);
        };
    }

    private static boolean[] below(double[] draws, double share) {
        boolean[] held = new boolean[draws.length];
        for (int row = 0; row < draws.length; row++) {
            held[row] = draws[row] < share;
        }
        return held;
    }

    private static RowSplit stratified(Table table, double[] draws, Split split, String label) {
        boolean[] held = below(draws, split.test());
        List<String> names = table.distinct(label);
        if (table.numeric(label) && names.size() > MOST_NUMERIC_CLASSES) {
            return RowSplit.of(held);
        }
        @Nullable String[] classes = table.texts(label);
        for (String name : names) {
            Sides sides = Sides.of(name, classes, draws, held);
            if (sides.mendable()) {
                move(draws, held, classes, sides);
            }
        }
        return RowSplit.of(held);
    }

    /** Moves the rows of one draw to the side that lacks a class, unless another class would then lack one. */
    private static void move(double[] draws, boolean[] held, @Nullable String[] classes, Sides sides) {
        boolean toHeldOut = sides.heldOut == 0;
        double draw = toHeldOut ? sides.lowest : sides.highest;
        boolean[] mended = held.clone();
        for (int row = 0; row < draws.length; row++) {
            if (draws[row] == draw) {
                mended[row] = toHeldOut;
            }
        }
        for (int row = 0; row < draws.length; row++) {
            String other = classes[row];
            if (draws[row] == draw
                    && other != null
                    && Sides.of(other, classes, draws, mended).oneSided()) {
                return;
            }
        }
        System.arraycopy(mended, 0, held, 0, held.length);
    }

    private static double[] draws(Table table, RowHashes hashes, Split split) {
        @Nullable String[] keys = split.key().map(table::texts).orElse(null);
        MessageDigest digest = Digest.algorithm();
        byte[] seed = ByteBuffer.allocate(Long.BYTES).putLong(split.seed()).array();
        double[] draws = new double[table.rows()];
        for (int row = 0; row < draws.length; row++) {
            String key = keys == null ? null : keys[row];
            digest.update("plumbline split 1".getBytes(StandardCharsets.UTF_8));
            digest.update(seed);
            digest.update((byte) (key == null ? 'R' : 'K'));
            digest.update(key == null ? hashes.of(row) : key.getBytes(StandardCharsets.UTF_8));
            // The upper 53 bits fill a double's precision, evenly over [0, 1).
            draws[row] = (ByteBuffer.wrap(digest.digest()).getLong() >>> 11) * 0x1.0p-53;
        }
        return draws;
    }

    /** Where the rows of one class lie, with its lowest and highest draw. */
    private record Sides(int training, int heldOut, double lowest, double highest) {
        static Sides of(String name, @Nullable String[] classes, double[] draws, boolean[] held) {
            int[] count = new int[2];
            double lowest = Double.POSITIVE_INFINITY;
            double highest = Double.NEGATIVE_INFINITY;
            for (int row = 0; row < classes.length; row++) {
                if (Objects.equals(classes[row], name)) {
                    count[held[row] ? 1 : 0]++;
                    lowest = Math.min(lowest, draws[row]);
                    highest = Math.max(highest, draws[row]);
                }
            }
            return new Sides(count[0], count[1], lowest, highest);
        }

        boolean oneSided() {
            return training == 0 || heldOut == 0;
        }

        boolean mendable() {
            return oneSided() && lowest < highest;
        }
    }

    /** The sorted distinct values, for {@link TimeSplit}. */
    static double[] sortedDistinct(double[] values) {
        return Arrays.stream(values).sorted().distinct().toArray();
    }
}
