package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.option.ResourceNames;
import dev.plumbline.reconciler.cli.option.ServerOptions;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.Fields;
import dev.plumbline.reconciler.cli.text.StatusText;
import dev.plumbline.schemas.model.ResourceId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code plumb status}. */
@Command(
        name = "status",
        description = "Show what is asked for and what holds.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {"  plumb status", "  plumb status serving/churn -o json"})
final class StatusVerb extends Verb {
    @Parameters(arity = "0..1", paramLabel = "KIND/NAME", description = "Only this resource.")
    private @Nullable String resource;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    StatusVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        Optional<ResourceId> only = resource == null ? Optional.empty() : Optional.of(ResourceNames.resource(resource));
        JsonNode status = server.client(terminal()).get("/api/v1/status");
        if (only.isPresent()) {
            JsonNode one = find(status, only.get());
            output.show(
                    terminal(),
                    one,
                    document -> StatusText.resources(List.of(document), style()) + StatusText.conditions(document));
        } else {
            output.show(terminal(), status, document -> StatusText.of(document, style()));
        }
        return ExitCode.DONE;
    }

    static JsonNode find(JsonNode status, ResourceId id) throws CommandException {
        return Fields.list(status, "resources").stream()
                .filter(each -> Fields.text(each, "kind").equals(id.kind().label())
                        && Fields.text(each, "name").equals(id.name()))
                .findFirst()
                .orElseThrow(() ->
                        new CommandException(ExitCode.NO, "there is no " + id, "'plumb status' lists what there is"));
    }
}
