package dev.plumbline.reconciler.cli.option;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.session.Terminal;
import dev.plumbline.reconciler.cli.text.CsvText;
import dev.plumbline.reconciler.scaffold.DataChoices;
import dev.plumbline.reconciler.scaffold.Person;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.validation.Suggestions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code plumb init} may be told about a person's own data. */
public final class DataOptions {
    private static final String NAME = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    @Option(names = "--data", paramLabel = "FILE", description = "Your CSV or Parquet file.")
    private @Nullable Path data;

    @Option(names = "--label", paramLabel = "COLUMN", description = "The column to predict.")
    private @Nullable String label;

    @Option(
            names = "--id",
            paramLabel = "COLUMN",
            description = "A column that names a row, or what the row is about; never learnt from.")
    private List<String> identifiers = List.of();

    @Option(
            names = "--sensitive",
            paramLabel = "COLUMN",
            description = "Columns by whose values every metric is measured too.")
    private List<String> sensitive = List.of();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What all five specs are called (default: DIR's name).")
    private @Nullable String name;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description =
                    "binary-classification, multiclass-classification or regression (default: told from the label).")
    private @Nullable String task;

    @Option(
            names = "--positive",
            paramLabel = "VALUE",
            description = "The class that counts as the event (default: yes, true or 1, else the rarer one).")
    private @Nullable String positive;

    @Option(
            names = "--no-header",
            description = "The first line of the file is a row; columns are column1, column2, ….")
    private boolean noHeader;

    @Option(
            names = "--columns",
            paramLabel = "COLUMN",
            description = "Names for the columns of a file without a header.")
    private List<String> columns = List.of();

    @Option(names = "--owner", paramLabel = "OWNER", description = "Who answers for it (default: Git's user.email).")
    private @Nullable String owner;

    /** Whether there is a file to read. */
    public boolean given() {
        return data != null;
    }

    /** Refuses what only a file gives a meaning to. */
    public void refuseWithoutFile() throws CommandException {
        if (label != null || !identifiers.isEmpty() || !columns.isEmpty() || noHeader) {
            throw new CommandException(
                    ExitCode.USAGE, "--data is missing: the other options are about a file", "add --data FILE");
        }
    }

    /** What was chosen, for specs in the folder. */
    public DataChoices choices(Terminal terminal, Path target) throws CommandException {
        if (data == null || label == null) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "your own data needs a folder and a label",
                    "plumb init DIR --data FILE --label COLUMN");
        }
        if (!columns.isEmpty() && !noHeader) {
            throw new CommandException(
                    ExitCode.USAGE, "--columns names the columns of a file without a header", "add --no-header");
        }
        return new DataChoices(
                specName(target),
                owner(terminal),
                terminal.resolve(data),
                !noHeader,
                names(columns),
                label.strip(),
                names(identifiers),
                names(sensitive),
                task(),
                Optional.ofNullable(positive));
    }

    /** Each is a line of CSV: a name with a comma in it is quoted as in the file. */
    private static List<String> names(List<String> lines) throws CommandException {
        List<String> names = new ArrayList<>();
        for (String line : lines) {
            CsvText.records(line, ',').forEach(names::addAll);
        }
        return names.stream().map(String::strip).toList();
    }

    private String specName(Path target) throws CommandException {
        if (name != null) {
            if (!name.matches(NAME)) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "--name " + name + " is no name for a spec",
                        "use up to 63 lower-case letters, digits and hyphens, none at an end");
            }
            return name;
        }
        String last =
                Optional.ofNullable(target.getFileName()).map(Path::toString).orElse("");
        String plain =
                last.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+", "");
        String made = plain.substring(0, Math.min(plain.length(), 63)).replaceAll("-+$", "");
        if (made.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE, "the folder's name does not make a name for the specs", "add --name NAME");
        }
        return made;
    }

    private String owner(Terminal terminal) {
        return Optional.ofNullable(owner)
                .filter(given -> !given.isBlank())
                .or(() -> Person.email(terminal.directory(), terminal.environment()))
                .orElse("");
    }

    private Optional<Task> task() throws CommandException {
        if (task == null) {
            return Optional.empty();
        }
        Optional<Task> known = Arrays.stream(Task.values())
                .filter(each -> each.label().equals(task))
                .findFirst();
        if (known.isEmpty()) {
            List<String> tasks = Arrays.stream(Task.values()).map(Task::label).toList();
            throw new CommandException(
                    ExitCode.USAGE,
                    "there is no task " + task,
                    Suggestions.didYouMean(task, tasks).orElse("there are " + String.join(", ", tasks)));
        }
        return known;
    }
}
