package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.option.ServerOptions;
import dev.plumbline.reconciler.cli.session.ApiClient;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.Fields;
import dev.plumbline.reconciler.cli.text.TableText;
import dev.plumbline.reconciler.scaffold.Person;
import dev.plumbline.schemas.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code plumb cancel}. */
@Command(
        name = "cancel",
        description =
                "End a run that trains or waits for its turn. It is not begun again before a commit changes what it"
                        + " is made from, or 'plumb reconcile' asks for it.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  plumb cancel 3f2a9c01 --reason 'wrong data'")
final class CancelVerb extends Verb {
    @Parameters(paramLabel = "RUN", description = "Its id, or the first six digits or more ('plumb runs' lists them).")
    private String run = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is recorded.")
    private @Nullable String reason;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    CancelVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        ObjectNode body = Json.object()
                .put("requestedBy", Person.at(terminal().directory(), terminal().environment()));
        if (reason != null) {
            body.put("reason", reason);
        }
        JsonNode answer = server.client(terminal()).post("/api/v1/runs/" + ApiClient.part(run) + "/cancel", body);
        output.show(
                terminal(),
                answer,
                each -> TableText.printable("run " + Fields.text(each, "run") + " of " + Fields.text(each, "model")
                                + " is " + Fields.text(each, "status"))
                        + "\n");
        return ExitCode.DONE;
    }
}
