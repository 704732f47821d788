package dev.plumbline.runtime.training;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The end of a log, for people: a few lines, with files by their names and not by their places on this machine. */
final class LastLines {
    private static final int LINES = 8;
    private static final int BYTES = 4096;
    private static final int WIDTH = 300;
    private static final Pattern PLACE = Pattern.compile("(?<![\\w.@:-])(?:/[\\w.@+~-]+)+/(?=[\\w.@+~-])");

    private LastLines() {}

    static String of(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        List<String> lines = tail(file)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> PLACE.matcher(line).replaceAll(""))
                .map(line -> line.length() > WIDTH ? line.substring(0, WIDTH) + "…" : line)
                .toList();
        return lines.stream().skip(Math.max(0, lines.size() - LINES)).collect(Collectors.joining("\n"));
    }

    private static String tail(Path file) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(Math.max(0, log.length() - BYTES));
            byte[] bytes = new byte[(int) (log.length() - log.getFilePointer())];
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
