package dev.plumbline.runtime.data;

import dev.plumbline.runtime.DatasetReading.DataProblem;
import dev.plumbline.schemas.model.Digest;
import java.util.List;

/** What reading a data file came to, with its rows. */
public sealed interface RowReading {
    /**
     * The rows are as declared.
     *
     * @param digest the dataset's digest
     */
    record Rows(Table table, RowHashes hashes, RowSplit split, Digest digest) implements RowReading {}

    /** They are not; every problem that was found. */
    record Broken(List<DataProblem> problems) implements RowReading {
        public Broken {
            problems = List.copyOf(problems);
        }
    }
}
