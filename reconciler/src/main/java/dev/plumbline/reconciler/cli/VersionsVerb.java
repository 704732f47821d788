package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.ModelListing;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.LedgerText;
import dev.plumbline.reconciler.report.VersionReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plumb versions}. */
@Command(
        name = "versions",
        description = "List registered versions, newest first.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  plumb versions churn -o json")
final class VersionsVerb extends Verb {
    @Mixin
    private final ModelListing listing = new ModelListing();

    VersionsVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        return listing.show(context(), "versions", VersionReport::of, LedgerText::versions);
    }
}
