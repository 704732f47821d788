package dev.plumbline.runtime.data;

import dev.plumbline.schemas.model.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of every row of a table, over a canonical encoding that depends neither on the file's format nor on the order
 * of rows and columns.
 *
 * <p>Columns are taken in the order of their names. The columns' digest is over {@code "plumbline rows 1"} and, for
 * each column, its kind ({@code N} numbers, {@code T} texts), the length of its name in bytes as four bytes and the name
 * in UTF-8. A row is the columns' digest followed by its values: {@code -} for a missing one; {@code N} and the eight
 * bytes of the IEEE 754 double (negative zero is zero); {@code T}, the length as four bytes and UTF-8. The dataset's
 * digest is over the columns' digest, the number of rows as eight bytes and the rows' hashes in ascending order.
 * Integers are big-endian. Immutable, thread-safe.
 */
public final class RowHashes {
    static final int LENGTH = 32;

    private final Digest columns;
    private final byte[][] hashes;

    private RowHashes(Digest columns, byte[][] hashes) {
        this.columns = columns;
        this.hashes = hashes;
    }

    static RowHashes of(Table table) {
        List<String> names = table.columns().stream().sorted().toList();
        byte[] columns = columns(table, names);
        List<Encoder> encoders =
                names.stream().map(name -> encoder(table, name)).toList();
        byte[][] hashes = new byte[table.rows()][];
        MessageDigest digest = Digest.algorithm();
        for (int row = 0; row < hashes.length; row++) {
            digest.update(columns);
            for (Encoder encoder : encoders) {
                encoder.update(digest, row);
            }
            hashes[row] = digest.digest();
        }
        return new RowHashes(new Digest("sha256:" + HexFormat.of().formatHex(columns)), hashes);
    }

    /** How many rows. */
    public int rows() {
        return hashes.length;
    }

    /** The digest of the columns' names and kinds; hashes of tables whose columns differ never meet. */
    public Digest columns() {
        return columns;
    }

    /** The digest of all rows, whatever their order: the dataset's digest. */
    public Digest digest() {
        byte[][] sorted = hashes.clone();
        Arrays.sort(sorted, Arrays::compareUnsigned);
        MessageDigest digest = Digest.algorithm();
        digest.update(HexFormat.of().parseHex(columns.hex()));
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(sorted.length).flip());
        for (byte[] hash : sorted) {
            digest.update(hash);
        }
        return Digest.of(digest);
    }

    /** These rows in the order of their hashes, which is the same whatever file and order they came from. */
    public int[] ordered(int... rows) {
        return Arrays.stream(rows)
                .boxed()
                .sorted((one, other) -> Arrays.compareUnsigned(hashes[one], hashes[other]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The 32 bytes of one row's hash. */
    byte[] of(int row) {
        return hashes[row];
    }

    private static byte[] columns(Table table, List<String> names) {
        MessageDigest digest = Digest.algorithm();
        digest.update("plumbline rows 1".getBytes(StandardCharsets.UTF_8));
        for (String name : names) {
            digest.update((byte) (table.numeric(name) ? 'N' : 'T'));
            text(digest, name);
        }
        return digest.digest();
    }

    private static void text(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static Encoder encoder(Table table, String name) {
        return table.numeric(name) ? numbers(table.numbers(name)) : categories(table.categories(name));
    }

    private static Encoder numbers(double[] values) {
        return (digest, row) -> {
            double value = values[row];
            if (Double.isNaN(value)) {
                digest.update((byte) '-');
            } else {
                digest.update((byte) 'N');
                digest.update(ByteBuffer.allocate(Double.BYTES)
                        .putDouble(value == 0 ? 0.0 : value)
                        .flip());
            }
        };
    }

    private static Encoder categories(@Nullable String[] values) {
        return (digest, row) -> {
            String value = values[row];
            if (value == null) {
                digest.update((byte) '-');
            } else {
                digest.update((byte) 'T');
                text(digest, value);
            }
        };
    }

    private interface Encoder {
        void update(MessageDigest digest, int row);
    }
}
