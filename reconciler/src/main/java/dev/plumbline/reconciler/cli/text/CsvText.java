package dev.plumbline.reconciler.cli.text;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import java.util.ArrayList;
import java.util.List;

/** Cuts the text of a CSV file (RFC 4180, with any delimiter) into records. */
public final class CsvText {
    private final String text;
    private final char delimiter;
    private int at;

    private CsvText(String text, char delimiter) {
        this.text = text;
        this.delimiter = delimiter;
    }

    /** The records; empty lines are none. */
    public static List<List<String>> records(String text, char delimiter) throws CommandException {
        return new CsvText(text, delimiter).all();
    }

    private List<List<String>> all() throws CommandException {
        List<List<String>> records = new ArrayList<>();
        while (at < text.length()) {
            List<String> record = record();
            if (record.size() > 1 || !record.getFirst().isEmpty()) {
                records.add(record);
            }
        }
        return records;
    }

    private List<String> record() throws CommandException {
        List<String> fields = new ArrayList<>();
        while (true) {
            fields.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
            if (at >= text.length()) {
                return fields;
            }
            char end = text.charAt(at++);
            if (end == delimiter) {
                continue;
            }
            if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
                at++;
            }
            return fields;
        }
    }

    private String plain() {
        int start = at;
        while (at < text.length()
                && text.charAt(at) != delimiter
                && text.charAt(at) != '\n'
                && text.charAt(at) != '\r') {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() throws CommandException {
        StringBuilder field = new StringBuilder();
        at++;
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next != '"') {
                field.append(next);
            } else if (at < text.length() && text.charAt(at) == '"') {
                field.append('"');
                at++;
            } else {
                return field.append(plain()).toString();
            }
        }
        throw new CommandException(ExitCode.USAGE, "a quoted value of the CSV text does not end");
    }
}
