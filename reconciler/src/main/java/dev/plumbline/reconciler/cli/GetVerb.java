package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.option.ResourceNames;
import dev.plumbline.reconciler.cli.option.ServerOptions;
import dev.plumbline.reconciler.cli.session.ApiClient;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.Fields;
import dev.plumbline.reconciler.cli.text.StatusText;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code plumb get}. */
@Command(
        name = "get",
        description = "Show the resources of one kind, or one of them.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {"  plumb get serving", "  plumb get training churn -o yaml"})
final class GetVerb extends Verb {
    @Parameters(index = "0", paramLabel = "KIND", description = "model, dataset, training, serving or monitoring.")
    private String kind = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Only this one.")
    private @Nullable String name;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    GetVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        ApiClient client = server.client(terminal());
        Kind wanted = ResourceNames.kind(kind);
        if (name == null) {
            JsonNode resources = client.get("/api/v1/resources/" + wanted.label());
            output.show(
                    terminal(),
                    resources,
                    document -> StatusText.resources(Fields.list(document, "resources"), style()));
        } else {
            JsonNode one = client.get(ResourceNames.path(new ResourceId(wanted, name)));
            output.show(
                    terminal(),
                    one,
                    document -> StatusText.resources(
                            Fields.node(document, "status").map(List::of).orElse(List.of()), style()));
        }
        return ExitCode.DONE;
    }
}
