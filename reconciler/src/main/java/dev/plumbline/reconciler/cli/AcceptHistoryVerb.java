package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.option.ServerOptions;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.Fields;
import dev.plumbline.reconciler.cli.text.TableText;
import dev.plumbline.reconciler.scaffold.Person;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Revision;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code plumb accept-history}. */
@Command(
        name = "accept-history",
        description = "Take a rewritten history of the watched branch as it is; until then it changes nothing.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  plumb accept-history 7e18a5779c1f4fd6a3b6b52a2d25e3f1b0a4c9d8 --reason 'a password was committed'")
final class AcceptHistoryVerb extends Verb {
    /** As the control plane prints it for people. */
    private static final Pattern COMMAND = Pattern.compile("plumb accept-history ([0-9a-f]{40})");

    @Parameters(paramLabel = "REV", description = "The commit to go on from, in full; 'plumb status' prints it.")
    private String revision = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it is recorded.")
    private String reason = "";

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    AcceptHistoryVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        if (Revision.parse(revision).isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "REV is the full id of a commit, of 40 digits",
                    waiting().map(this::inFull),
                    null);
        }
        ObjectNode body = Json.object();
        body.put("revision", revision);
        body.put("reason", reason);
        body.put("requestedBy", Person.at(terminal().directory(), terminal().environment()));
        JsonNode accepted = server.client(terminal()).post("/api/v1/accept-history", body);
        output.show(
                terminal(),
                accepted,
                answer -> TableText.printable("the history up to " + Fields.text(answer, "revision") + " is in force")
                        + "\n");
        return ExitCode.DONE;
    }

    /** The revision that waits to be accepted, if it begins with what was typed and a control plane tells. */
    private Optional<String> waiting() throws CommandException, InterruptedException {
        try {
            JsonNode status = server.client(terminal()).get("/api/v1/status");
            return Stream.concat(
                            Stream.of(Fields.text(status, "sourceProblem")),
                            Fields.list(status, "warnings").stream().map(each -> Fields.text(each, "message")))
                    .map(COMMAND::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .filter(full -> !revision.isEmpty() && full.startsWith(revision))
                    .findFirst();
        } catch (CommandException untold) {
            detail(untold.text());
            return Optional.empty();
        }
    }

    private String inFull(String full) {
        return TableText.printable("plumb accept-history " + full + " --reason '" + reason.replace("'", "'\\''") + "'");
    }
}
