package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.RootOption;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.schemas.SpecReader;
import dev.plumbline.schemas.catalog.CatalogReading;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.problem.ProblemReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb validate}. */
@Command(
        name = "validate",
        description = "Check specs against schema, references, rules and the admission policy. Needs no server.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {
            "  plumb validate                     # the repository that one stands in",
            "  plumb validate churn.yaml -o json",
            "  plumb validate -o sarif > plumb.sarif",
            "  plumb validate --root staging       # one of several environments"
        })
final class ValidateVerb extends Verb {
    private enum Form {
        TEXT,
        JSON,
        SARIF
    }

    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description = "Files or folders (default: the repository that one stands in). Specs that these refer to are"
                    + " read from the whole repository.")
    private List<Path> paths = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json|sarif",
            description = "The form of the answer (default: text).")
    private Form form = Form.TEXT;

    @Mixin
    private final RootOption root = new RootOption();

    ValidateVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException {
        List<Path> chosen = paths.isEmpty()
                ? List.of()
                : paths.stream().map(terminal()::resolve).toList();
        for (int index = 0; index < chosen.size(); index++) {
            if (!Files.exists(chosen.get(index))) {
                throw new CommandException(ExitCode.USAGE, "there is no " + paths.get(index));
            }
        }
        SpecFolder folder = SpecFolder.around(chosen.isEmpty() ? terminal().directory() : chosen.getFirst())
                .below(root.folder());
        if (!folder.repository()) {
            note("there is no Git repository here: checked is what is named and says apiVersion: plumbline.dev/v1,"
                    + " and references only among that");
        }
        ProblemReport report = report(folder, prefixes(folder, chosen));
        if (root.folder().isEmpty() && chosen.size() == 1 && twice(report)) {
            hintRoot(folder, chosen.getFirst());
        }
        switch (form) {
            case TEXT -> terminal().out().print(report.text());
            case JSON -> terminal().out().println(Json.pretty(report.json()));
            case SARIF -> terminal().out().println(Json.pretty(report.sarif()));
        }
        return report.valid() ? ExitCode.DONE : ExitCode.NO;
    }

    private static boolean twice(ProblemReport report) {
        return report.problems().stream().anyMatch(ValidateVerb::twice);
    }

    private static boolean twice(Problem problem) {
        return problem.code().equals("duplicate-resource");
    }

    /** A folder in which nothing is declared twice by itself may be the root of an environment. */
    private void hintRoot(SpecFolder repository, Path folder) throws CommandException {
        Optional<String> path =
                repository.relative(folder).filter(each -> Files.isDirectory(folder) && !each.isEmpty());
        if (path.isPresent()
                && read(repository.below(path.get()), List.of()).problems().stream()
                        .noneMatch(ValidateVerb::twice)) {
            note("if " + path.get() + " is an environment of its own, check it alone: plumb validate --root "
                    + path.get());
        }
    }

    private List<String> prefixes(SpecFolder folder, List<Path> chosen) throws CommandException {
        List<String> prefixes = new ArrayList<>();
        for (int index = 0; index < chosen.size(); index++) {
            Optional<String> relative = folder.relative(chosen.get(index));
            if (relative.isEmpty()) {
                throw new CommandException(
                        ExitCode.USAGE,
                        paths.get(index) + " lies in another repository than " + paths.getFirst(),
                        "check one repository at a time");
            }
            prefixes.add(relative.get());
        }
        return prefixes;
    }

    private static CatalogReading read(SpecFolder folder, List<String> named) throws CommandException {
        try {
            return folder.read(new SpecReader(), named);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private List<Problem> denials(SpecFolder folder, CatalogReading reading) throws CommandException {
        try {
            return new AdmissionCheck(
                            folder, context().providers().policy(), context().clock(), Optional.empty())
                    .problems(reading);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static CommandException unreadable(IOException cause) {
        return new CommandException(ExitCode.USAGE, "the files cannot be read", Optional.empty(), cause);
    }

    private ProblemReport report(SpecFolder folder, List<String> prefixes) throws CommandException {
        CatalogReading reading = read(folder, prefixes);
        reading.foreign().forEach(each -> detail("left alone: " + each));
        List<Problem> problems = Stream.concat(reading.problems().stream(), denials(folder, reading).stream())
                .filter(problem -> chosen(problem.file(), prefixes))
                .sorted(Comparator.comparing(Problem::file)
                        .thenComparingInt(Problem::line)
                        .thenComparingInt(Problem::column))
                .toList();
        if (prefixes.isEmpty()) {
            return new ProblemReport(reading.files(), reading.documents(), problems);
        }
        List<String> files = reading.declarations().values().stream()
                .map(each -> each.resource().file())
                .filter(file -> chosen(file, prefixes))
                .toList();
        long distinct = Stream.concat(files.stream(), problems.stream().map(Problem::file))
                .distinct()
                .count();
        return new ProblemReport((int) distinct, files.size(), problems);
    }

    private static boolean chosen(String file, List<String> prefixes) {
        return prefixes.isEmpty()
                || prefixes.stream()
                        .anyMatch(prefix -> prefix.isEmpty() || file.equals(prefix) || file.startsWith(prefix + "/"));
    }
}
