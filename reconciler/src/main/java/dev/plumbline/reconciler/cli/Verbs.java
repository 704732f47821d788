package dev.plumbline.reconciler.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/** Every verb by its name, in the order in which help lists them. */
final class Verbs {
    private static final Map<String, Function<Context, Object>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("up", UpVerb::new);
        ALL.put("serve", ServeVerb::new);
        ALL.put("completion", CompletionVerb::new);
        ALL.put("version", VersionVerb::new);
    }

    private Verbs() {}

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
