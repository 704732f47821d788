package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.report.VersionReport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code plumb versions}. */
@Command(
        name = "versions",
        description = "List registered versions, newest first.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  plumb versions churn -o json")
final class VersionsVerb extends Verb {
    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "Only of this model.")
    private @Nullable String model;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final LedgerOptions ledger = new LedgerOptions();

    VersionsVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        Optional<String> only = Optional.ofNullable(model);
        JsonNode versions = ledger.answer(
                context(),
                "/api/v1/versions"
                        + only.map(name -> "?model=" + ApiClient.part(name)).orElse(""),
                view -> Optional.of(VersionReport.of(view, only)));
        output.show(terminal(), versions, document -> LedgerText.versions(Fields.list(document, "versions")));
        return ExitCode.DONE;
    }
}
