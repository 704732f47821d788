package dev.plumbline.runtime.data;

import dev.plumbline.runtime.DatasetReading.DataProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a data file. For one thread. */
final class Findings {
    static final int EXAMPLES = 5;

    private final List<DataProblem> problems = new ArrayList<>();

    /** Something about the whole file. */
    void file(String code, String message, @Nullable String hint) {
        add(code, null, message, hint, 0, List.of());
    }

    /** Something about a whole column. */
    void column(String code, String column, String message, @Nullable String hint) {
        add(code, column, message, hint, 0, List.of());
    }

    /** Something about rows. */
    void add(
            String code,
            @Nullable String column,
            String message,
            @Nullable String hint,
            long count,
            List<String> examples) {
        problems.add(new DataProblem(
                code, Optional.ofNullable(column), message, Optional.ofNullable(hint), count, examples));
    }

    boolean none() {
        return problems.isEmpty();
    }

    List<DataProblem> problems() {
        return List.copyOf(problems);
    }
}
