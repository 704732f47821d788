package dev.plumbline.reconciler.cli.option;

import dev.plumbline.reconciler.cli.session.ApiClient;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.session.Terminal;
import dev.plumbline.reconciler.cli.text.Fields;
import dev.plumbline.reconciler.cli.text.TableText;
import dev.plumbline.reconciler.scaffold.Person;
import dev.plumbline.schemas.json.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What promotions and rollbacks by hand have in common. */
public final class ChangeOptions {
    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; goes into the commit.")
    private @Nullable String reason;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    /** Asks for the change, and shows what was written. */
    public ExitCode write(Terminal terminal, String verb, String serving, Optional<String> to)
            throws CommandException, InterruptedException {
        ObjectNode body = Json.object();
        to.ifPresent(version -> body.put("to", version));
        Optional.ofNullable(reason).ifPresent(text -> body.put("reason", text));
        body.put("requestedBy", Person.at(terminal.directory(), terminal.environment()));
        JsonNode written =
                server.client(terminal).post("/api/v1/servings/" + ApiClient.part(serving) + "/" + verb, body);
        output.show(terminal, written, document -> text(serving, document));
        return ExitCode.DONE;
    }

    private static String text(String serving, JsonNode written) {
        return TableText.printable("%s on %s: Serving/%s now names %s"
                        .formatted(
                                Fields.text(written, "commit"),
                                Fields.text(written, "branch"),
                                serving,
                                Fields.text(written, "version")))
                + "\n"
                + Fields.node(written, "note")
                        .map(note -> TableText.printable(note.asString()) + "\n")
                        .orElse("");
    }
}
