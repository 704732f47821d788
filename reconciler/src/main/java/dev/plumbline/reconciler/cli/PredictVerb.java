package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.option.OutputOption;
import dev.plumbline.reconciler.cli.option.ServerOptions;
import dev.plumbline.reconciler.cli.session.ApiClient;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.Context;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.Fields;
import dev.plumbline.reconciler.cli.text.TableText;
import dev.plumbline.schemas.json.Json;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code plumb predict}. */
@Command(
        name = "predict",
        description = "Ask an endpoint about rows of a CSV or JSON file.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {
            "  plumb predict churn --data data/customers.csv",
            "  echo '{\"tenure\": 3, \"contract\": \"monthly\"}' | plumb predict churn --data - -o json"
        })
final class PredictVerb extends Verb {
    private static final int CHUNK = 500;

    @Parameters(paramLabel = "SERVING", description = "Name of the Serving.")
    private String serving = "";

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE|-",
            description = "CSV with a header, a JSON array of rows, or one JSON row a line; - reads standard input.")
    private String data = "";

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    PredictVerb(Context context) {
        super(context);
    }

    @Override
    ExitCode run() throws CommandException, InterruptedException {
        ApiClient client = server.client(terminal());
        JsonNode detail = client.get("/api/v1/resources/Serving/" + ApiClient.part(serving));
        JsonNode inputs = Fields.node(detail, "inputs")
                .orElseThrow(() -> new CommandException(
                        ExitCode.NO,
                        "Serving/" + serving + " serves no version yet",
                        "'plumb wait serving/" + serving + "' waits for one"));
        PredictionInput input = new PredictionInput(inputs);
        List<ObjectNode> rows = input.rows(DataText.read(data, terminal()));
        List<String> dropped = input.dropped();
        if (!dropped.isEmpty()) {
            note("left out, because the model does not take them: " + String.join(", ", dropped));
        }
        URI address = URI.create(Fields.text(client.get("/api/v1/serving"), "url"))
                .resolve("/v1/models/" + ApiClient.part(serving) + ":predict");
        ObjectNode answer = Json.object();
        ArrayNode predictions = answer.putArray("predictions");
        int most = detail.path("spec").path("limits").path("maxRows").asInt(CHUNK);
        for (int from = 0; from < rows.size(); from += Math.min(CHUNK, most)) {
            ObjectNode request = Json.object();
            request.putArray("instances")
                    .addAll(rows.subList(from, Math.min(rows.size(), from + Math.min(CHUNK, most))));
            try {
                client.post(address, request).path("predictions").forEach(predictions::add);
            } catch (CommandException refused) {
                throw input.located(refused, from);
            }
        }
        output.show(terminal(), answer, PredictVerb::table);
        return ExitCode.DONE;
    }

    private static String table(JsonNode answer) {
        JsonNode predictions = answer.path("predictions");
        boolean classes = predictions.valueStream().anyMatch(each -> each.has("probabilities"));
        TableText table =
                classes ? new TableText("ROW", "PREDICTION", "PROBABILITIES") : new TableText("ROW", "PREDICTION");
        int row = 1;
        for (JsonNode prediction : predictions) {
            String probabilities = Fields.node(prediction, "probabilities")
                    .map(all -> all.properties().stream()
                            .map(each -> "%s %.4f"
                                    .formatted(each.getKey(), each.getValue().asDouble()))
                            .collect(Collectors.joining(", ")))
                    .orElse("");
            String value = Fields.node(prediction, "label")
                    .or(() -> Fields.node(prediction, "value"))
                    .map(JsonNode::asString)
                    .orElse("");
            String number = Integer.toString(row++);
            if (classes) {
                table.row(number, value, probabilities);
            } else {
                table.row(number, value);
            }
        }
        return table.toString();
    }
}
