package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.DurationConverter;
import dev.plumbline.reconciler.cli.session.BuildInformation;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.session.Providers;
import dev.plumbline.reconciler.cli.session.Terminal;
import dev.plumbline.reconciler.cli.text.Style;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line from its arguments to its exit code. */
public final class Command {
    private static final String USAGE_OF_VERBOSE = "run the same command with -v and report what it prints";

    private final Context context;

    /** Runs commands in this surrounding. */
    public Command(Terminal terminal, Providers providers, Clock clock) {
        this.context = new Context(terminal, providers, BuildInformation.read(), clock);
    }

    /** Runs the arguments; never throws for what a person can cause. */
    public ExitCode run(String... given) {
        Terminal terminal = context.terminal();
        String[] arguments = helpAsked(given);
        CommandLine command = Verbs.command(context, arguments);
        command.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        command.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        command.setColorScheme(
                CommandLine.Help.defaultColorScheme(Style.of(terminal, false).colours() ? Ansi.ON : Ansi.OFF));
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.registerConverter(java.time.Duration.class, new DurationConverter());
        command.setUsageHelpAutoWidth(false);
        command.setUsageHelpWidth(100);
        command.setParameterExceptionHandler((failure, _) -> wrongUsage(failure));
        command.setExecutionExceptionHandler((failure, failed, result) -> failed(failure, verbose(failed)));
        command.setExecutionStrategy(Command::runUnlessBlank);
        int code = command.execute(arguments);
        terminal.out().flush();
        terminal.err().flush();
        return exitCode(code);
    }

    /** An empty argument is most often a variable of a script that holds nothing: it names nothing, and never means all. */
    private static int runUnlessBlank(ParseResult parsed) {
        for (ParseResult verb = parsed; verb != null; verb = verb.subcommand()) {
            for (PositionalParamSpec argument : verb.matchedPositionals()) {
                if (argument.originalStringValues().stream().anyMatch(String::isBlank)) {
                    throw new ParameterException(
                            verb.commandSpec().commandLine(), argument.paramLabel() + " is blank: it names nothing");
                }
            }
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    /** {@code plumb help VERB} asks what {@code plumb VERB --help} does. */
    private static String[] helpAsked(String[] given) {
        if (given.length == 0 || !given[0].equals("help")) {
            return given;
        }
        return given.length == 1 ? new String[] {"--help"} : new String[] {given[1], "--help"};
    }

    private static ExitCode exitCode(int code) {
        for (ExitCode each : ExitCode.values()) {
            if (each.code() == code) {
                return each;
            }
        }
        return ExitCode.BUG;
    }

    private static boolean verbose(CommandLine failed) {
        return failed.getCommand() instanceof Verb verb && verb.common.verbose;
    }

    private int wrongUsage(ParameterException failure) {
        StringBuilder text = new StringBuilder("plumb: ").append(failure.getMessage());
        if (failure instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                text.append(System.lineSeparator())
                        .append("  did you mean ")
                        .append(String.join(
                                " or ",
                                suggestions.stream()
                                        .map(each -> each.replace("plumb ", ""))
                                        .limit(3)
                                        .toList()))
                        .append('?');
            }
        }
        text.append(System.lineSeparator())
                .append("  '")
                .append(failure.getCommandLine().getCommandSpec().qualifiedName())
                .append(" --help' shows how it is used");
        context.terminal().err().println(text);
        return ExitCode.USAGE.code();
    }

    private int failed(Exception failure, boolean verbose) {
        return switch (failure) {
            case CommandException known -> {
                say(known.text(), known.hint().orElse(null));
                if (verbose && known.getCause() != null) {
                    known.getCause().printStackTrace(context.terminal().err());
                }
                yield known.code().code();
            }
            case InterruptedException interrupted -> {
                say("interrupted", null);
                yield ExitCode.TIMEOUT.code();
            }
            default -> {
                say(
                        "this is a bug in Plumbline " + context.build().version() + ": "
                                + failure.getClass().getSimpleName(),
                        verbose ? null : USAGE_OF_VERBOSE);
                if (verbose) {
                    failure.printStackTrace(context.terminal().err());
                }
                yield ExitCode.BUG.code();
            }
        };
    }

    private void say(String message, @Nullable String hint) {
        context.terminal().err().println("plumb: " + message);
        if (hint != null) {
            context.terminal().err().println("  " + hint);
        }
    }
}
