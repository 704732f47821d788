package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.session.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/** Every verb by its name, in the order in which help lists them. */
final class Verbs {
    private static final Map<String, Function<Context, Object>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("init", InitVerb::new);
        ALL.put("up", UpVerb::new);
        ALL.put("serve", ServeVerb::new);
        ALL.put("stop", StopVerb::new);
        ALL.put("validate", ValidateVerb::new);
        ALL.put("card", CardVerb::new);
        ALL.put("plan", PlanVerb::new);
        ALL.put("status", StatusVerb::new);
        ALL.put("get", GetVerb::new);
        ALL.put("describe", DescribeVerb::new);
        ALL.put("wait", WaitVerb::new);
        ALL.put("reconcile", ReconcileVerb::new);
        ALL.put("suspend", SuspendVerb::new);
        ALL.put("resume", ResumeVerb::new);
        ALL.put("cancel", CancelVerb::new);
        ALL.put("accept-history", AcceptHistoryVerb::new);
        ALL.put("runs", RunsVerb::new);
        ALL.put("logs", LogsVerb::new);
        ALL.put("versions", VersionsVerb::new);
        ALL.put("lineage", LineageVerb::new);
        ALL.put("verdict", VerdictVerb::new);
        ALL.put("audit", AuditVerb::with);
        ALL.put("events", EventsVerb::new);
        ALL.put("history", HistoryVerb::new);
        ALL.put("predict", PredictVerb::new);
        ALL.put("promote", PromoteVerb::new);
        ALL.put("rollback", RollbackVerb::new);
        ALL.put("completion", CompletionVerb::new);
        ALL.put("version", VersionVerb::new);
    }

    private Verbs() {}

    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** The command with the verb that the arguments name, or with all of them when they name none: one starts faster. */
    static CommandLine command(Context context, String... arguments) {
        CommandLine command = new CommandLine(new PlumbCommand());
        Function<Context, Object> only = arguments.length == 0 ? null : ALL.get(arguments[0]);
        if (only != null && !arguments[0].equals("completion")) {
            command.addSubcommand(arguments[0], only.apply(context));
        } else {
            ALL.forEach((name, verb) -> command.addSubcommand(name, verb.apply(context)));
        }
        return command;
    }
}
