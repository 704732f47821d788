package dev.plumbline.schemas.model;

import java.util.List;
import java.util.Optional;

/**
 * Where rows come from: a path in the repository, or a {@code file:} URI with the digest of its bytes.
 *
 * @param format as declared, else told from the file's ending
 * @param header whether the first line of a CSV file names the columns
 * @param columns the names of the columns of a CSV file without a header
 * @param delimiter one character between the values of a CSV file
 * @param decimal what stands before the fraction of a number in a CSV file: {@code .} or {@code ,}
 * @param missing the CSV texts that stand for a missing value
 */
public record DataSource(
        Optional<String> path,
        Optional<String> uri,
        Optional<Digest> digest,
        DataFormat format,
        boolean header,
        List<String> columns,
        String delimiter,
        String decimal,
        List<String> missing) {
    public DataSource {
        columns = List.copyOf(columns);
        missing = List.copyOf(missing);
    }
}
