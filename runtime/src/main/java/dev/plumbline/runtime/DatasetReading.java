package dev.plumbline.runtime;

import dev.plumbline.schemas.model.Digest;
import java.util.List;
import java.util.Optional;

/** What reading a dataset came to. */
public sealed interface DatasetReading {
    /**
     * The rows are as declared.
     *
     * @param digest of the canonical rows: the same rows in another file or order are the same dataset
     */
    record Accepted(Digest digest, long rows, long trainingRows, long heldOutRows) implements DatasetReading {}

    /** The rows break what the spec declares; every problem that was found. */
    record Rejected(List<DataProblem> problems) implements DatasetReading {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }

    /**
     * One broken rule.
     *
     * @param code stable name of the rule, such as {@code value-out-of-range}
     * @param count rows that break it; 0 when it is not about rows
     * @param examples up to five offending rows or values, for people
     */
    record DataProblem(
            String code,
            Optional<String> column,
            String message,
            Optional<String> hint,
            long count,
            List<String> examples) {
        public DataProblem {
            examples = List.copyOf(examples);
        }
    }
}
