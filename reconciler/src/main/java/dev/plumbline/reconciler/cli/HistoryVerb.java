package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.LedgerOptions;
import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.session.ApiClient;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.LedgerText;
import dev.plumbline.reconciler.report.HistoryReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code plumb history}. */
@Command(
        name = "history",
        description = "Show what an endpoint served, newest first, and what is held back.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  plumb history churn")
final class HistoryVerb extends Verb {
    @Parameters(paramLabel = "SERVING", description = "Name of the Serving.")
    private String serving = "";

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final LedgerOptions ledger = new LedgerOptions();

    HistoryVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        JsonNode history = ledger.answer(
                context(),
                "/api/v1/history/" + ApiClient.part(serving),
                view -> view.endpoint(serving).map(endpoint -> HistoryReport.of(endpoint, view)));
        output.show(terminal(), history, LedgerText::history);
        return ExitCode.DONE;
    }
}
