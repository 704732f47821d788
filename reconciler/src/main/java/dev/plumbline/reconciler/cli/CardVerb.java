package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.card.VersionCard;
import dev.plumbline.reconciler.cli.option.EnvironmentOption;
import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.option.RootOption;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.schemas.SpecReader;
import dev.plumbline.schemas.card.CardReader;
import dev.plumbline.schemas.card.ModelCard;
import dev.plumbline.schemas.catalog.CatalogReading;
import dev.plumbline.schemas.catalog.Declaration;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.VersionName;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.problem.ProblemReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb card}. */
@Command(
        name = "card",
        description =
                "Check model cards: what the admission gate would say of them, their numbers and digests against the"
                        + " ledger, and whether what they describe was changed since. Needs no server.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {
            "  plumb card lint                      # the cards of every Model",
            "  plumb card lint churn",
            "  plumb card lint cards/churn.md -o json",
            "  plumb card render churn > card.md    # filled in for the newest version",
            "  plumb card export churn v3 --format html > card.html"
        })
final class CardVerb extends Verb {
    /** What is to be done with cards. */
    enum Deed {
        LINT,
        RENDER,
        EXPORT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a card is exported as. */
    enum Format {
        HF,
        HTML;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "0", paramLabel = "lint|render|export", description = "What to do.")
    private Deed deed = Deed.LINT;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "MODEL|FILE|VERSION",
            description =
                    "To lint: Models, or files of cards (default: every card of the repository that one stands in)."
                            + " To render or export: a Model, and a version of it (default: the newest).")
    private List<String> named = List.of();

    @Option(
            names = "--format",
            paramLabel = "hf|html",
            description = "What to export: Markdown for the Hugging Face hub, or an HTML page that loads nothing.")
    private @Nullable Format format;

    @Mixin
    private final RootOption root = new RootOption();

    @Mixin
    private final EnvironmentOption environment = new EnvironmentOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    CardVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        if ((deed == Deed.EXPORT) != (format != null)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    deed == Deed.EXPORT ? "a card is exported in a format" : "only an export has a format",
                    "plumb card export MODEL [VERSION] --format hf|html");
        }
        return switch (deed) {
            case LINT -> lint();
            case RENDER -> print(card().markdown());
            case EXPORT -> print(format == Format.HTML ? card().html() : card().huggingFace());
        };
    }

    private ExitCode print(String text) {
        terminal().out().print(text);
        return ExitCode.DONE;
    }

    private VersionCard card() throws CommandException, InterruptedException {
        if (named.isEmpty() || named.size() > 2) {
            throw new CommandException(
                    ExitCode.USAGE, "one Model is rendered at a time", "plumb card " + deed + " MODEL [VERSION]");
        }
        SpecFolder folder = SpecFolder.around(terminal().directory()).below(root.folder());
        LedgerView ledger = context().providers().ledger(folder.root(), environment.name(), terminal());
        VersionEntry version = version(ledger);
        ModelCard card = written(folder, version.version().model());
        if (!card.problems().isEmpty()) {
            throw new CommandException(
                    ExitCode.NO, card.file() + " cannot be read whole", "plumb card lint says why, and where");
        }
        return new VersionCard(card, version);
    }

    private VersionEntry version(LedgerView ledger) throws CommandException {
        String model = named.getFirst();
        if (named.size() == 1) {
            return ledger.versions(model).stream()
                    .findFirst()
                    .orElseThrow(() -> new CommandException(ExitCode.NO, "no version of " + model + " is registered"));
        }
        VersionName name = VersionName.parse(named.getLast())
                .filter(each -> each.model().equals(model))
                .or(() -> VersionName.labelled(model, named.getLast()))
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE, "'" + named.getLast() + "' is not a version", "write vN, such as v2"));
        return ledger.version(name)
                .orElseThrow(() -> new CommandException(ExitCode.NO, "the ledger has no " + name + " at hand"));
    }

    private static ModelCard written(SpecFolder folder, String model) throws CommandException {
        try {
            String path = folder.read(new SpecReader(), List.of())
                    .catalog()
                    .model(model)
                    .flatMap(ModelSpec::card)
                    .orElseThrow(() -> new CommandException(
                            ExitCode.NO, "the Model " + model + " names no card here", "name one in its card field"));
            return folder.start(path, CardReader.MOST_BYTES + 1)
                    .map(bytes -> new CardReader().read(path, bytes))
                    .orElseThrow(() -> new CommandException(ExitCode.NO, "there is no file " + path));
        } catch (IOException unreadable) {
            throw new CommandException(ExitCode.USAGE, "the files cannot be read", Optional.empty(), unreadable);
        }
    }

    private ExitCode lint() throws CommandException, InterruptedException {
        SpecFolder folder = SpecFolder.around(terminal().directory()).below(root.folder());
        Optional<LedgerView> ledger = ledger(folder);
        AdmissionCheck admission = new AdmissionCheck(
                folder, context().providers().policy(), context().clock(), ledger);
        try {
            CatalogReading reading = folder.read(new SpecReader(), List.of());
            Set<ResourceId> models = chosen(folder, reading);
            List<Problem> problems = new CardLint(
                            folder, admission, ledger, context().providers())
                    .problems(reading, models).stream()
                            .sorted(Comparator.comparing(Problem::file)
                                    .thenComparingInt(Problem::line)
                                    .thenComparingInt(Problem::column))
                            .toList();
            ProblemReport report = new ProblemReport(cards(reading, models), models.size(), problems);
            output.show(terminal(), report.json(), ignored -> report.text());
            return report.valid() ? ExitCode.DONE : ExitCode.NO;
        } catch (IOException unreadable) {
            throw new CommandException(ExitCode.USAGE, "the files cannot be read", Optional.empty(), unreadable);
        }
    }

    private Optional<LedgerView> ledger(SpecFolder folder) throws CommandException, InterruptedException {
        if (!folder.repository()) {
            note("there is no Git repository here: numbers and digests are compared with nothing");
            return Optional.empty();
        }
        try {
            return Optional.of(context().providers().ledger(folder.root(), environment.name(), terminal()));
        } catch (CommandException none) {
            if (none.code() != ExitCode.NO) {
                throw none;
            }
            note(none.getMessage() + ": numbers and digests are compared with nothing");
            return Optional.empty();
        }
    }

    private Set<ResourceId> chosen(SpecFolder folder, CatalogReading reading) throws CommandException {
        Set<ResourceId> chosen = new TreeSet<>();
        Set<String> open = new TreeSet<>(named);
        for (Declaration declaration : reading.declarations().values()) {
            Resource resource = declaration.resource();
            if (resource.spec() instanceof ModelSpec model) {
                List<String> meant = named.stream()
                        .filter(each -> each.equals(resource.id().name())
                                || folder.relative(terminal().resolve(Path.of(each)))
                                        .equals(model.card()))
                        .toList();
                if (named.isEmpty() || !meant.isEmpty()) {
                    chosen.add(resource.id());
                }
                meant.forEach(open::remove);
            }
        }
        if (!open.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "no Model is called or names the card " + String.join(", ", open),
                    "plumb card lint without a name checks every card");
        }
        return chosen;
    }

    private static int cards(CatalogReading reading, Set<ResourceId> models) {
        return (int) reading.declarations().values().stream()
                .map(Declaration::resource)
                .filter(each -> models.contains(each.id()))
                .flatMap(each -> ((ModelSpec) each.spec()).card().stream())
                .distinct()
                .count();
    }
}
