package dev.plumbline.runtime.data;

import dev.plumbline.schemas.model.Digest;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;

/**
 * Which rows a model learnt from, as an artifact: {@code PLUMROW1}, the 32 bytes of the columns' digest, the number of
 * entries as eight bytes, then the first 16 bytes of each distinct row's hash in ascending order. Half a SHA-256 is
 * enough here: what is asked is whether a row was seen, and chance makes two of a billion rows meet with 1 in 10²⁰.
 * Immutable, thread-safe.
 */
public final class TrainingRows {
    private static final byte[] MAGIC = "PLUMROW1".getBytes(StandardCharsets.US_ASCII);
    private static final int ENTRY = 16;

    private final Digest columns;
    private final byte[][] entries;

    private TrainingRows(Digest columns, byte[][] entries) {
        this.columns = columns;
        this.entries = entries;
    }

    /** These rows of a table. */
    public static TrainingRows of(RowHashes hashes, int[] rows) {
        byte[][] sorted = IntStream.of(rows)
                .mapToObj(row -> Arrays.copyOf(hashes.of(row), ENTRY))
                .sorted(Arrays::compareUnsigned)
                .toArray(byte[][]::new);
        byte[][] distinct = IntStream.range(0, sorted.length)
                .filter(i -> i == 0 || !Arrays.equals(sorted[i - 1], sorted[i]))
                .mapToObj(i -> sorted[i])
                .toArray(byte[][]::new);
        return new TrainingRows(hashes.columns(), distinct);
    }

    /**
     * Reads the artifact.
     *
     * @throws IOException when it cannot be read or is not in this form
     */
    public static TrainingRows read(InputStream bytes) throws IOException {
        DataInputStream in = new DataInputStream(bytes);
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
            throw new IOException("this artifact is not a list of training rows");
        }
        byte[] columns = new byte[RowHashes.LENGTH];
        in.readFully(columns);
        long count = in.readLong();
        byte[] rest = in.readAllBytes();
        if (count < 0 || count > Integer.MAX_VALUE || rest.length != count * ENTRY) {
            throw new IOException("this list of training rows is cut short or has trailing bytes");
        }
        byte[][] entries = IntStream.range(0, (int) count)
                .mapToObj(i -> Arrays.copyOfRange(rest, i * ENTRY, (i + 1) * ENTRY))
                .toArray(byte[][]::new);
        return new TrainingRows(new Digest("sha256:" + HexFormat.of().formatHex(columns)), entries);
    }

    /** The artifact's bytes; equal rows give equal bytes. */
    public byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(MAGIC.length + RowHashes.LENGTH + Long.BYTES + entries.length * ENTRY)
                .put(MAGIC)
                .put(HexFormat.of().parseHex(columns.hex()))
                .putLong(entries.length);
        for (byte[] entry : entries) {
            buffer.put(entry);
        }
        return buffer.array();
    }

    /** Whether the hashes are over the same columns, without which no row can be recognised. */
    public boolean comparable(RowHashes hashes) {
        return columns.equals(hashes.columns());
    }

    /** Whether this row, or one equal to it, is among them. */
    public boolean contains(RowHashes hashes, int row) {
        return Arrays.binarySearch(entries, Arrays.copyOf(hashes.of(row), ENTRY), Arrays::compareUnsigned) >= 0;
    }

    /** The number of distinct rows. */
    public int size() {
        return entries.length;
    }
}
