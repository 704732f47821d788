package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.scaffold.Author;
import dev.plumbline.reconciler.scaffold.DataChoices;
import dev.plumbline.reconciler.scaffold.Person;
import dev.plumbline.reconciler.scaffold.RepositoryScaffold;
import dev.plumbline.reconciler.scaffold.ScaffoldException;
import dev.plumbline.reconciler.scaffold.ScaffoldPlan;
import dev.plumbline.reconciler.scaffold.SpecWriter;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.validation.Suggestions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb init}. */
@Command(
        name = "init",
        description = {
            "Make a repository to follow: of the example, or of your own data.",
            "With --data: read the file, infer types, ranges, categories and the task, write commented specs and"
                    + " commit them."
        },
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {
            "  plumb init                                          # the example, in ./churn",
            "  plumb init mine --data my.csv --label outcome       # your own data",
            "  plumb init credit --data german.csv --no-header --label column21"
        })
final class InitVerb extends Verb {
    private static final String NAME = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder to make (default: the example's name).")
    private @Nullable Path folder;

    @Option(names = "--example", paramLabel = "NAME", description = "Which example: churn, the only one so far.")
    private @Nullable String example;

    @Option(names = "--data", paramLabel = "FILE", description = "Your CSV or Parquet file.")
    private @Nullable Path data;

    @Option(names = "--label", paramLabel = "COLUMN", description = "The column to predict.")
    private @Nullable String label;

    @Option(
            names = "--id",
            split = ",",
            paramLabel = "COLUMN",
            description = "A column that names a row, or what the row is about; never learnt from.")
    private List<String> identifiers = List.of();

    @Option(
            names = "--sensitive",
            split = ",",
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
            split = ",",
            paramLabel = "COLUMN",
            description = "Names for the columns of a file without a header.")
    private List<String> columns = List.of();

    @Option(names = "--owner", paramLabel = "OWNER", description = "Who answers for it (default: Git's user.email).")
    private @Nullable String owner;

    @Option(names = "--force", description = "Add to a folder that is not empty; no file in it is replaced.")
    private boolean force;

    InitVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        RepositoryScaffold scaffold = new RepositoryScaffold(
                Author.at(terminal().directory(), terminal().environment()),
                context().clock());
        try {
            return data == null ? example(scaffold) : ownData(scaffold, data);
        } catch (ScaffoldException refused) {
            throw new CommandException(ExitCode.USAGE, refused.getMessage(), refused.hint(), refused);
        }
    }

    private ExitCode example(RepositoryScaffold scaffold) throws CommandException, ScaffoldException {
        if (label != null || !identifiers.isEmpty() || !columns.isEmpty() || noHeader) {
            throw new CommandException(
                    ExitCode.USAGE, "--data is missing: the other options are about a file", "add --data FILE");
        }
        String wanted = example == null ? RepositoryScaffold.EXAMPLES.getFirst() : example;
        if (!RepositoryScaffold.EXAMPLES.contains(wanted)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "there is no example " + wanted,
                    Suggestions.didYouMean(wanted, RepositoryScaffold.EXAMPLES)
                            .orElse("there is " + String.join(", ", RepositoryScaffold.EXAMPLES)));
        }
        Path shown = folder == null ? Path.of(wanted) : folder;
        say(scaffold.example(terminal().resolve(shown), force), shown);
        return ExitCode.DONE;
    }

    private ExitCode ownData(RepositoryScaffold scaffold, Path file)
            throws CommandException, ScaffoldException, InterruptedException {
        if (folder == null || label == null || example != null) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "your own data needs a folder and a label" + (example == null ? "" : ", and no example"),
                    "plumb init DIR --data FILE --label COLUMN");
        }
        if (!columns.isEmpty() && !noHeader) {
            throw new CommandException(
                    ExitCode.USAGE, "--columns names the columns of a file without a header", "add --no-header");
        }
        Path target = terminal().resolve(folder);
        scaffold.refuseUnlessFree(target, force);
        DataChoices choices = new DataChoices(
                specName(target),
                owner(),
                terminal().resolve(file),
                !noHeader,
                columns.stream().map(String::strip).toList(),
                label.strip(),
                identifiers.stream().map(String::strip).toList(),
                sensitive.stream().map(String::strip).toList(),
                task(),
                Optional.ofNullable(positive));
        ScaffoldPlan plan = new SpecWriter(context().providers().profiler()).plan(choices);
        plan.notes().forEach(this::note);
        plan.warnings().forEach(warning -> terminal().err().println(style().warn("look: ") + warning));
        say(scaffold.specs(target, force, plan), folder);
        return ExitCode.DONE;
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

    private String owner() throws CommandException {
        return Optional.ofNullable(owner)
                .filter(given -> !given.isBlank())
                .or(() -> Person.email(terminal().directory(), terminal().environment()))
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE,
                        "nobody answers for the model: Git knows no e-mail address of yours",
                        "add --owner NAME-OR-ADDRESS, or run `git config --global user.email ADDRESS`"));
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

    private void say(RepositoryScaffold.Made made, Path shown) {
        note("wrote to " + shown + ":");
        made.written().forEach(path -> note("  " + path));
        terminal().out().println("made " + shown + ", commit " + made.commit().substring(0, 7));
        terminal().out().println("next: plumb up " + shown);
    }
}
