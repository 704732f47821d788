package dev.plumbline.reconciler.ledger.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of faults that somebody has looked at and takes as they are, a line each with the record's whole id and the reason.
 * {@code ..} before the id takes what the record follows as well. The id is over the record's content and over all before it, so
 * a line says nothing of a record that was changed afterwards. Immutable.
 */
public final class AcceptedFaults {
    private static final Pattern LINE = Pattern.compile("(?<range>\\.\\.)?(?<id>[0-9a-f]{40})[ \\t]+(?<reason>\\S.*)");

    private final List<Line> lines;

    private AcceptedFaults(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    /**
     * A line of the list.
     *
     * @param commit of a record or of a checkpoint
     * @param before whether what it follows is taken as well
     */
    public record Line(String commit, boolean before, String reason) {}

    /**
     * Faults, held against the list.
     *
     * @param open those that no line takes
     * @param accepted those that a line takes, by the line; a line that takes none has none
     */
    public record Judged(List<RecordVerification.Fault> open, Map<Line, List<RecordVerification.Fault>> accepted) {}

    /** Takes nothing. */
    public static AcceptedFaults none() {
        return new AcceptedFaults(List.of());
    }

    /**
     * Reads a list. Blank lines and those that begin with {@code #} say nothing.
     *
     * @throws IOException when it cannot be read, or a line is none, with what is wrong for people
     */
    public static AcceptedFaults read(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        Set<String> named = new HashSet<>();
        int number = 0;
        for (String text : texts(file)) {
            number++;
            if (text.isBlank() || text.startsWith("#")) {
                continue;
            }
            Matcher line = LINE.matcher(text.strip());
            if (!line.matches()) {
                throw new IOException("line " + number
                        + " is not the full id of a record, 40 digits with or without .. before them, and a reason");
            }
            Line read = new Line(line.group("id"), line.group("range") != null, line.group("reason"));
            if (!named.add(read.commit())) {
                throw new IOException("line " + number + " names " + read.commit() + " a second time");
            }
            lines.add(read);
        }
        return new AcceptedFaults(lines);
    }

    private static List<String> texts(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException missing) {
            throw new IOException("there is no such file", missing);
        }
    }

    /** Holds what was found against the list; a line that names a fault itself goes before one that takes a range. */
    public Judged judge(RecordVerification found) {
        Map<Line, List<RecordVerification.Fault>> accepted = new LinkedHashMap<>();
        Map<String, Line> single = new HashMap<>();
        Map<Line, Set<String>> ranges = new LinkedHashMap<>();
        for (Line line : lines) {
            accepted.put(line, new ArrayList<>());
            single.put(line.commit(), line);
            if (line.before()) {
                ranges.put(line, found.leadingTo(line.commit()));
            }
        }
        List<RecordVerification.Fault> open = new ArrayList<>();
        for (RecordVerification.Fault fault : found.faults()) {
            Optional.ofNullable(single.get(fault.commit()))
                    .or(() -> ranges.entrySet().stream()
                            .filter(range -> range.getValue().contains(fault.commit()))
                            .map(Map.Entry::getKey)
                            .findFirst())
                    .map(accepted::get)
                    .orElse(open)
                    .add(fault);
        }
        return new Judged(open, accepted);
    }
}
