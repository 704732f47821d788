package dev.plumbline.reconciler.scaffold;

import dev.plumbline.schemas.model.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a person says about their own data.
 *
 * @param name of all five specs
 * @param owner who answers for them; blank: nobody is known, and no specs are written
 * @param file CSV or Parquet
 * @param header whether the first line of a CSV file names the columns
 * @param columns names of the columns of a file without a header; empty: they are numbered
 * @param label column to predict
 * @param identifiers columns that name a row
 * @param sensitive columns by whose values every metric is also measured
 * @param task empty: told from the label
 * @param positive class that counts as the event; empty: told from the label
 */
public record DataChoices(
        String name,
        String owner,
        Path file,
        boolean header,
        List<String> columns,
        String label,
        List<String> identifiers,
        List<String> sensitive,
        Optional<Task> task,
        Optional<String> positive) {
    public DataChoices {
        columns = List.copyOf(columns);
        identifiers = List.copyOf(identifiers);
        sensitive = List.copyOf(sensitive);
    }
}
