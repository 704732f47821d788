package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.DataOptions;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.scaffold.Author;
import dev.plumbline.reconciler.scaffold.DataChoices;
import dev.plumbline.reconciler.scaffold.RepositoryScaffold;
import dev.plumbline.reconciler.scaffold.ScaffoldException;
import dev.plumbline.reconciler.scaffold.ScaffoldPlan;
import dev.plumbline.reconciler.scaffold.SpecWriter;
import dev.plumbline.schemas.validation.Suggestions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder to make (default: the example's name).")
    private @Nullable Path folder;

    @Option(names = "--example", paramLabel = "NAME", description = "Which example: churn, the only one so far.")
    private @Nullable String example;

    @Option(names = "--force", description = "Add to a folder that is not empty; no file in it is replaced.")
    private boolean force;

    @Mixin
    private final DataOptions data = new DataOptions();

    InitVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        RepositoryScaffold scaffold = new RepositoryScaffold(
                Author.at(terminal().directory(), terminal().environment()),
                context().clock());
        try {
            return data.given() ? ownData(scaffold) : example(scaffold);
        } catch (ScaffoldException refused) {
            throw new CommandException(ExitCode.USAGE, refused.getMessage(), refused.hint(), refused);
        }
    }

    private ExitCode example(RepositoryScaffold scaffold) throws CommandException, ScaffoldException {
        data.refuseWithoutFile();
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

    private ExitCode ownData(RepositoryScaffold scaffold)
            throws CommandException, ScaffoldException, InterruptedException {
        if (folder == null || example != null) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "your own data needs a folder and a label" + (example == null ? "" : ", and no example"),
                    "plumb init DIR --data FILE --label COLUMN");
        }
        Path target = terminal().resolve(folder);
        DataChoices choices = data.choices(terminal(), target);
        scaffold.refuseUnlessFree(target, force);
        ScaffoldPlan plan = new SpecWriter(context().providers().profiler()).plan(choices);
        plan.notes().forEach(this::note);
        plan.warnings().forEach(warning -> terminal().err().println(style().warn("look: ") + warning));
        say(scaffold.specs(target, force, plan), folder);
        return ExitCode.DONE;
    }

    private void say(RepositoryScaffold.Made made, Path shown) {
        note("wrote to " + shown + ":");
        made.written().forEach(path -> note("  " + path));
        terminal().out().println("made " + shown + ", commit " + made.commit().substring(0, 7));
        terminal().out().println("next: plumb up " + shown);
    }
}
