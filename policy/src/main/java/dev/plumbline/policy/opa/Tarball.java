package dev.plumbline.policy.opa;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes files into a tarball (POSIX.1-1988, ustar), all by nobody and of no time. Not thread-safe. */
final class Tarball implements AutoCloseable {
    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 100;
    private static final int CHECKSUM = 148;

    private final OutputStream out;

    /** Writes there, and closes it in the end. */
    Tarball(OutputStream out) {
        this.out = out;
    }

    void add(String name, byte[] bytes) throws IOException {
        byte[] path = name.getBytes(StandardCharsets.US_ASCII);
        if (path.length > LONGEST_NAME) {
            throw new IllegalArgumentException("too long for a tarball: " + name);
        }
        byte[] header = new byte[BLOCK];
        System.arraycopy(path, 0, header, 0, path.length);
        text(header, 100, "0000644");
        text(header, 108, "0000000");
        text(header, 116, "0000000");
        text(header, 124, octal(bytes.length, 11));
        text(header, 136, octal(0, 11));
        text(header, CHECKSUM, " ".repeat(8));
        text(header, 156, "0");
        text(header, 257, "ustar");
        text(header, 263, "00");
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        text(header, CHECKSUM, octal(sum, 6) + "\0 ");
        out.write(header);
        out.write(bytes);
        out.write(new byte[Math.floorMod(-bytes.length, BLOCK)]);
    }

    private static String octal(int number, int digits) {
        return String.format(Locale.ROOT, "%0" + digits + "o", number);
    }

    private static void text(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.close();
    }
}
