package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.LedgerOptions;
import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.LedgerText;
import dev.plumbline.reconciler.report.VersionReport;
import dev.plumbline.schemas.model.VersionName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code plumb lineage}. */
@Command(
        name = "lineage",
        description = "Show what led to a version, and where it served.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  plumb lineage churn/v2")
final class LineageVerb extends Verb {
    @Parameters(paramLabel = "MODEL/vN", description = "The version.")
    private String version = "";

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final LedgerOptions ledger = new LedgerOptions();

    LineageVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        VersionName name = VersionName.parse(version)
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE, "'" + version + "' is not a version", "write MODEL/vN, such as churn/v2"));
        JsonNode lineage = ledger.answer(
                context(),
                "/api/v1/lineage/" + name.model() + "/" + name.label(),
                view -> view.version(name).map(entry -> VersionReport.lineage(view, entry)));
        output.show(terminal(), lineage, LedgerText::lineage);
        return ExitCode.DONE;
    }
}
