package dev.plumbline.runtime;

import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.DataFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a data file of unknown content holds.
 *
 * @param header whether the first line of a CSV file was taken as its column names
 * @param delimiter that a CSV file was cut at
 * @param decimal what stands before the fraction of its numbers: {@code .} or {@code ,}
 * @param missing the texts that stand for a missing value in this file, such as the empty one or {@code NA}
 * @param columns in the file's order
 * @param unread columns of a kind that no dataset can declare
 */
public record DataProfile(
        DataFormat format,
        boolean header,
        String delimiter,
        String decimal,
        List<String> missing,
        long rows,
        List<Column> columns,
        List<Unread> unread) {
    public DataProfile {
        missing = List.copyOf(missing);
        columns = List.copyOf(columns);
        unread = List.copyOf(unread);
    }

    /**
     * A column whose values are neither numbers nor text, such as lists.
     *
     * @param type what the file calls it
     */
    public record Unread(String name, String type) {}

    /**
     * One column.
     *
     * @param name in the file's spelling, trimmed
     * @param missing rows without a value
     * @param min smallest number; empty for a category
     * @param max largest number; empty for a category
     * @param distinct different values, without the missing
     * @param top up to 50 values, the most frequent first
     * @param identifier whether it seems to name rows: nearly every value is another one, and it is text or counts up
     * @param personal what it seems to hold of a person; empty: nothing that was recognised
     */
    public record Column(
            String name,
            ColumnType type,
            long missing,
            OptionalDouble min,
            OptionalDouble max,
            long distinct,
            List<Frequency> top,
            boolean identifier,
            Optional<Personal> personal) {
        public Column {
            top = List.copyOf(top);
        }
    }

    /** How many rows hold a value. */
    public record Frequency(String value, long rows) {}

    /** Kinds of personal data that are told by a column's name or values. */
    public enum Personal {
        NAME,
        EMAIL,
        PHONE
    }
}
