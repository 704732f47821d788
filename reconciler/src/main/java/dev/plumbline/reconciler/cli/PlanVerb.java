package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.EnvironmentOption;
import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.option.RootOption;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.session.PlanOptions;
import dev.plumbline.reconciler.cli.text.Fields;
import dev.plumbline.reconciler.cli.text.TableText;
import dev.plumbline.reconciler.plan.Plan;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code plumb plan}. */
@Command(
        name = "plan",
        description = "Show what the working tree (or a commit) would change in what is live (or at a commit).",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {
            "  plumb plan                              # before you commit",
            "  plumb plan --from main --to HEAD --detailed-exitcode"
        })
final class PlanVerb extends Verb {
    @Option(names = "--from", paramLabel = "REV", description = "Start from this commit (default: what is live).")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "REV", description = "Go to this commit (default: the working tree).")
    private @Nullable String to;

    @Option(names = "--detailed-exitcode", description = "End with 1 when there are changes.")
    private boolean detailed;

    @Mixin
    private final RootOption root = new RootOption();

    @Mixin
    private final EnvironmentOption environment = new EnvironmentOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    PlanVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        Plan plan = context()
                .providers()
                .plan(
                        new PlanOptions(
                                terminal().directory(),
                                Optional.ofNullable(from),
                                Optional.ofNullable(to),
                                environment.name(),
                                root.folder()),
                        terminal());
        output.show(terminal(), plan.json(), PlanVerb::text);
        return detailed && !plan.isEmpty() ? ExitCode.NO : ExitCode.DONE;
    }

    private static String text(JsonNode plan) {
        List<JsonNode> actions = Fields.list(plan, "actions");
        if (actions.isEmpty()) {
            return "nothing would change\n";
        }
        TableText table = new TableText("ACTION", "RESOURCE", "REASON");
        actions.forEach(action -> table.row(
                Fields.text(action, "action"), Fields.text(action, "resource"), Fields.text(action, "reason")));
        return table.toString();
    }
}
