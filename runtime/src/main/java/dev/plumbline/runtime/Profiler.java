package dev.plumbline.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks at a data file that no spec declares yet. Blocking, interruptible, thread-safe. */
public interface Profiler {
    /** Reads the whole file. */
    Profiling profile(Path file, Options options) throws InterruptedException;

    /**
     * What is known of the file.
     *
     * @param header whether the first line names the columns
     * @param columns names of the columns of a file without a header; empty: they are numbered
     * @param delimiter of a CSV file; empty: told from the file
     */
    record Options(boolean header, List<String> columns, Optional<String> delimiter) {
        public Options {
            columns = List.copyOf(columns);
        }
    }

    /** What looking came to. */
    sealed interface Profiling {
        /** The file could be read. */
        record Profiled(DataProfile profile) implements Profiling {}

        /** It could not; every problem that was found. */
        record Unreadable(List<DatasetReading.DataProblem> problems) implements Profiling {
            public Unreadable {
                problems = List.copyOf(problems);
            }
        }
    }
}
