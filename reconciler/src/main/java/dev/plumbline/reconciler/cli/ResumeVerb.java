package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.option.ScopeOptions;
import dev.plumbline.reconciler.cli.option.ServerOptions;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.Fields;
import dev.plumbline.reconciler.cli.text.TableText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code plumb resume}. */
@Command(
        name = "resume",
        description = "Act again on what 'plumb suspend' suspended. --all ends a suspension of everything; what was"
                + " suspended by itself stays so, and is named.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  plumb resume serving/churn --reason 'incident 7 is over'")
final class ResumeVerb extends Verb {
    @Mixin
    private final ScopeOptions scope = new ScopeOptions();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is recorded.")
    private @Nullable String reason;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    ResumeVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        ObjectNode body = scope.body(terminal());
        if (reason != null) {
            body.put("reason", reason);
        }
        JsonNode answer = server.client(terminal()).post("/api/v1/resume", body);
        Fields.node(answer, "note").ifPresent(note -> note(TableText.printable(note.asString())));
        output.show(terminal(), answer, ResumeVerb::text);
        return ExitCode.DONE;
    }

    private static String text(JsonNode answer) {
        String what = Fields.text(answer, "resource");
        return TableText.printable((what.equals("all") ? "everything" : what) + " is resumed") + "\n";
    }
}
