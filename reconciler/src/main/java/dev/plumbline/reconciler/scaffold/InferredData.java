package dev.plumbline.reconciler.scaffold;

import dev.plumbline.runtime.DataProfile;
import dev.plumbline.schemas.model.Task;
import java.util.List;
import java.util.Optional;

/**
 * What was found out about a person's data, ready to be written as specs.
 *
 * @param positive class that counts as the event, for two classes
 * @param columns that are read, in the file's order
 * @param leftOut columns of the file that are not read
 */
record InferredData(
        DataChoices choices,
        DataProfile profile,
        Task task,
        Optional<String> positive,
        List<InferredColumn> columns,
        List<LeftOut> leftOut) {
    /** A column that is not read, and why. */
    record LeftOut(String name, String why) {}

    InferredData {
        columns = List.copyOf(columns);
        leftOut = List.copyOf(leftOut);
    }

    List<InferredColumn> in(InferredColumn.Role role) {
        return columns.stream().filter(column -> column.role() == role).toList();
    }

    /** The column that keeps rows of one thing on one side of the split: the identifier that a person named. */
    Optional<String> key() {
        return choices.identifiers().stream()
                .filter(name -> profile.columns().stream()
                        .anyMatch(column -> column.name().equals(name) && column.missing() == 0))
                .findFirst();
    }
}
