package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.option.ResourceNames;
import dev.plumbline.reconciler.cli.option.ServerOptions;
import dev.plumbline.reconciler.cli.session.ApiClient;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.DescriptionText;
import dev.plumbline.reconciler.cli.text.VerdictText;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plumb describe}. */
@Command(
        name = "describe",
        description = "Show everything that is known of one resource, with what happened to it.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {
            "  plumb describe training/churn   # the measured baseline",
            "  plumb describe serving/churn    # what served, and what is held back",
            "  plumb describe verdict/4f1c9a   # what a gate answered, and why"
        })
final class DescribeVerb extends Verb {
    private static final String VERDICT = "verdict/";

    @Parameters(
            paramLabel = "KIND/NAME",
            description = "The resource; or verdict/ID, of which the first digits are enough.")
    private String resource = "";

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    DescribeVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        if (resource.toLowerCase(Locale.ROOT).startsWith(VERDICT)) {
            String id = ApiClient.part(resource.substring(VERDICT.length()));
            output.show(terminal(), server.client(terminal()).get("/api/v1/verdicts/" + id), VerdictText::of);
            return ExitCode.DONE;
        }
        String path = ResourceNames.path(ResourceNames.resource(resource));
        output.show(
                terminal(),
                server.client(terminal()).get(path),
                document -> new DescriptionText(document, style()).text());
        return ExitCode.DONE;
    }
}
