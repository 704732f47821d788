package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.ModelListing;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.LedgerText;
import dev.plumbline.reconciler.report.RunReport;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plumb runs}. */
@Command(
        name = "runs",
        description = "List training runs, newest first.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  plumb runs churn")
final class RunsVerb extends Verb {
    @Mixin
    private final ModelListing listing = new ModelListing();

    RunsVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        return listing.show(context(), "runs", (view, model) -> RunReport.of(view, model, Map.of()), LedgerText::runs);
    }
}
