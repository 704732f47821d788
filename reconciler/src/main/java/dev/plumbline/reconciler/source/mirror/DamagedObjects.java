package dev.plumbline.reconciler.source.mirror;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.eclipse.jgit.lib.Constants;

/**
 * Finds the files of a repository's object store that do not hold what their names or their own checksums say: each byte is
 * read, as {@code git fsck} does it.
 */
final class DamagedObjects {
    private static final Pattern LOOSE = Pattern.compile("[0-9a-f]{38}");
    private static final Pattern FOLDER = Pattern.compile("[0-9a-f]{2}");
    private static final int CHECKSUM = 20;
    private static final int BUFFER = 1 << 16;

    private DamagedObjects() {}

    /** The damaged loose objects. */
    static List<Path> loose(Path objects) throws IOException {
        List<Path> damaged = new ArrayList<>();
        for (Path folder : list(objects)) {
            if (FOLDER.matcher(name(folder)).matches()) {
                for (Path file : list(folder)) {
                    if (LOOSE.matcher(name(file)).matches() && !whole(file, name(folder) + name(file))) {
                        damaged.add(file);
                    }
                }
            }
        }
        return damaged;
    }

    /** The packs that are damaged, or whose index is, or that have none. */
    static List<Path> packs(Path objects) throws IOException {
        List<Path> damaged = new ArrayList<>();
        for (Path file : list(objects.resolve("pack"))) {
            if (name(file).endsWith(".pack") && !(whole(file) && whole(index(file)) && belongs(file))) {
                damaged.add(file);
            }
        }
        return damaged;
    }

    /** Everything of a pack: the pack itself, its index and what else is made from it. */
    static List<Path> belonging(Path pack) throws IOException {
        String stem = name(pack).replaceFirst("\\.pack$", "");
        return list(pack.resolveSibling(".").normalize()).stream()
                .filter(file -> name(file).startsWith(stem + "."))
                .toList();
    }

    static Path index(Path pack) {
        return pack.resolveSibling(name(pack).replaceFirst("\\.pack$", ".idx"));
    }

    /** A loose object is named by the digest of what it holds, its header included. */
    private static boolean whole(Path file, String id) throws IOException {
        MessageDigest digest = Constants.newMessageDigest();
        try (InputStream bytes = new DigestInputStream(new InflaterInputStream(Files.newInputStream(file)), digest)) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest()).equals(id);
        } catch (ZipException | EOFException damaged) {
            return false;
        }
    }

    /** Packs and their indexes end with a digest of all that comes before. */
    static boolean whole(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            long left = Files.size(file) - CHECKSUM;
            if (left <= 0) {
                return false;
            }
            MessageDigest digest = Constants.newMessageDigest();
            byte[] buffer = new byte[BUFFER];
            while (left > 0) {
                int read = bytes.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    return false;
                }
                digest.update(buffer, 0, read);
                left -= read;
            }
            return Arrays.equals(digest.digest(), bytes.readNBytes(CHECKSUM));
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** An index names the pack that it was made from by the pack's own checksum. */
    private static boolean belongs(Path pack) throws IOException {
        byte[] index = tail(index(pack), 2 * CHECKSUM);
        return Arrays.equals(Arrays.copyOf(index, CHECKSUM), tail(pack, CHECKSUM));
    }

    private static byte[] tail(Path file, int length) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            bytes.skipNBytes(Math.max(0, Files.size(file) - length));
            return bytes.readNBytes(length);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
