package dev.plumbline.reconciler.cli.option;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.session.Terminal;
import dev.plumbline.reconciler.scaffold.Person;
import dev.plumbline.schemas.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** What an order is about: one resource, or all of them. */
public final class ScopeOptions {
    @Parameters(arity = "0..1", paramLabel = "KIND/NAME", description = "The resource.")
    private @Nullable String resource;

    @Option(names = "--all", description = "Every resource.")
    private boolean all;

    /** The body of the order. */
    public ObjectNode body(Terminal terminal) throws CommandException {
        if ((resource == null) != all) {
            throw new CommandException(ExitCode.USAGE, "name one resource as KIND/NAME, or say --all");
        }
        ObjectNode body = Json.object().put("requestedBy", Person.at(terminal.directory(), terminal.environment()));
        if (resource == null) {
            body.put("all", true);
        } else {
            body.put("resource", ResourceNames.resource(resource).toString());
        }
        return body;
    }
}
