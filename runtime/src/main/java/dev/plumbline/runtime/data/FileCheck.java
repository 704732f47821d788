package dev.plumbline.runtime.data;

import dev.plumbline.schemas.model.DataFormat;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/** Tells from a file's first bytes whether it can be what the dataset declares, before any parser sees it. */
final class FileCheck {
    private static final int HEAD = 8192;
    /** What to do with a file in another encoding. */
    static final String SAVE_AS_UTF8 =
            "Save it as UTF-8: a spreadsheet calls this CSV UTF-8, and an editor can reopen it as Windows-1252 (or"
                    + " Latin-1) first.";

    private static final String LFS = "version https://git-lfs";

    private FileCheck() {}

    static void check(Path file, DataFormat format, Findings findings) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        } catch (NoSuchFileException absent) {
            findings.file("file-missing", "The data file does not exist.", "Commit it, or correct source.path.");
            return;
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        boolean parquet = text.startsWith("PAR1");
        if (head.length == 0 || text.isBlank()) {
            findings.file("file-empty", "The data file is empty.", "A header line and rows are needed.");
        } else if (text.startsWith(LFS)) {
            findings.file(
                    "file-lfs-pointer",
                    "The data file is a Git LFS pointer, not the data: this version cannot fetch LFS objects.",
                    "Commit the file itself, or name a file outside the repository with its digest (source.uri).");
        } else if (format == DataFormat.PARQUET && !parquet) {
            findings.file("file-not-parquet", "The data file is not Parquet.", "Is it CSV? Then say format: csv.");
        } else if (format == DataFormat.CSV && parquet) {
            findings.file("file-binary", "The data file is Parquet, not CSV.", "Say format: parquet.");
        } else if (format == DataFormat.CSV && text.indexOf('\0') >= 0) {
            findings.file(
                    "file-binary",
                    "The data file is not text in UTF-8: it holds zero bytes.",
                    "Export it as CSV in UTF-8 (not UTF-16, not compressed, not a spreadsheet).");
        } else if (format == DataFormat.CSV && !utf8(head)) {
            findings.file("file-encoding", "The data file is not text in UTF-8.", SAVE_AS_UTF8);
        }
    }

    /** The last character may be cut: it is not judged. */
    private static boolean utf8(byte[] head) {
        CharBuffer characters = CharBuffer.allocate(head.length);
        return !StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(head), characters, false)
                .isError();
    }

    /** Whether the file still holds the bytes that it was announced with. */
    static void unchanged(Path file, Digest digest, Findings findings) throws IOException {
        MessageDigest algorithm = Digest.algorithm();
        try (InputStream in = Files.newInputStream(file)) {
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), algorithm));
        }
        Digest actual = Digest.of(algorithm);
        if (!actual.equals(digest)) {
            findings.file(
                    "file-changed",
                    "The data file holds other bytes than announced: " + actual + " instead of " + digest + ".",
                    "Put the former file back, or write the new digest into source.digest.");
        }
    }
}
