package dev.plumbline.policy.opa;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Takes tarballs apart and puts them together again. */
final class TarballReader {
    private static final int BLOCK = 512;

    private TarballReader() {}

    static Map<String, byte[]> of(byte[] compressed) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (InputStream tarball = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            byte[] header = tarball.readNBytes(BLOCK);
            while (header[0] != 0) {
                int size = Integer.parseInt(text(header, 124, 11), 8);
                byte[] bytes = tarball.readNBytes(size);
                tarball.skipNBytes(Math.floorMod(-size, BLOCK));
                files.put(text(header, 0, 100), bytes);
                header = tarball.readNBytes(BLOCK);
            }
        }
        return files;
    }

    static byte[] write(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Tarball tarball = new Tarball(new GZIPOutputStream(bytes))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                tarball.add(file.getKey(), file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static String text(byte[] header, int from, int length) {
        String text = new String(header, from, length, StandardCharsets.US_ASCII);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}
