package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.report.RunReport;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code plumb runs}. */
@Command(
        name = "runs",
        description = "List training runs, newest first.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  plumb runs churn")
final class RunsVerb extends Verb {
    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "Only of this model.")
    private @Nullable String model;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final LedgerOptions ledger = new LedgerOptions();

    RunsVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        Optional<String> only = Optional.ofNullable(model);
        JsonNode runs = ledger.answer(
                context(),
                "/api/v1/runs"
                        + only.map(name -> "?model=" + ApiClient.part(name)).orElse(""),
                view -> Optional.of(RunReport.of(view, only, Map.of())));
        output.show(terminal(), runs, document -> LedgerText.runs(Fields.list(document, "runs")));
        return ExitCode.DONE;
    }
}
