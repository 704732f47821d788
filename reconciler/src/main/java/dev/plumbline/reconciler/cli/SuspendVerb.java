package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.option.ScopeOptions;
import dev.plumbline.reconciler.cli.option.ServerOptions;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.Fields;
import dev.plumbline.reconciler.cli.text.TableText;
import dev.plumbline.schemas.model.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code plumb suspend}. */
@Command(
        name = "suspend",
        description = "Do nothing about a resource for now: no training, no version, no promotion. What serves goes on"
                + " serving, and a run under way goes on to its end.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {
            "  plumb suspend serving/churn --reason 'incident 7' --for 4h",
            "  plumb suspend --all --reason 'the warehouse is being restored'"
        })
final class SuspendVerb extends Verb {
    @Mixin
    private final ScopeOptions scope = new ScopeOptions();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it is recorded and shown.")
    private String reason = "";

    @Option(names = "--for", paramLabel = "TIME", description = "Resume by itself after this time, such as 4h.")
    private @Nullable Duration time;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    SuspendVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        ObjectNode body = scope.body(terminal()).put("reason", reason);
        if (time != null) {
            body.put("for", Durations.text(time));
        }
        JsonNode answer = server.client(terminal()).post("/api/v1/suspend", body);
        output.show(terminal(), answer, SuspendVerb::text);
        return ExitCode.DONE;
    }

    private static String text(JsonNode answer) {
        String until = Fields.time(answer, "until");
        String what = Fields.text(answer, "resource");
        return TableText.printable((what.equals("all") ? "everything" : what) + " is suspended "
                        + (until.isEmpty() ? "until somebody resumes it" : "until " + until))
                + "\n";
    }
}
