package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumb completion}. */
@Command(
        name = "completion",
        description = "Print a script that completes verbs and flags in your shell.",
        footerHeading = "%nExample:%n",
        footer = {"  source <(plumb completion bash)", "  plumb completion fish > ~/.config/fish/completions/plumb.fish"
        })
final class CompletionVerb extends Verb {
    private enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Parameters(paramLabel = "bash|zsh|fish", description = "Your shell.")
    private @Nullable Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    CompletionVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() {
        CommandLine root = spec.root().commandLine();
        terminal().out().print(shell == Shell.FISH ? fish(root) : AutoComplete.bash("plumb", root));
        return ExitCode.DONE;
    }

    private static String fish(CommandLine root) {
        StringBuilder text = new StringBuilder("complete -c plumb -f\n");
        Map<String, CommandLine> verbs = new TreeMap<>(root.getSubcommands());
        verbs.forEach((name, verb) -> {
            text.append("complete -c plumb -n __fish_use_subcommand -a ")
                    .append(name)
                    .append(" -d ")
                    .append(quoted(firstLine(verb.getCommandSpec())))
                    .append('\n');
            for (OptionSpec option : verb.getCommandSpec().options()) {
                text.append("complete -c plumb -n '__fish_seen_subcommand_from ")
                        .append(name)
                        .append('\'')
                        .append(flags(option))
                        .append(" -d ")
                        .append(quoted(String.join(" ", option.description())))
                        .append('\n');
            }
        });
        return text.toString();
    }

    private static String flags(OptionSpec option) {
        return List.of(option.names()).stream()
                .map(name -> name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
                .collect(Collectors.joining());
    }

    private static String firstLine(CommandSpec spec) {
        String[] description = spec.usageMessage().description();
        return description.length == 0 ? "" : description[0];
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "\\'") + "'";
    }
}
