package dev.plumbline.reconciler.cli;

import dev.plumbline.schemas.json.Json;
import java.util.function.Function;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The flag that asks for another form than a table. */
final class OutputOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json|yaml",
            description = "The form of the answer (default: ${DEFAULT-VALUE}).")
    OutputFormat format = OutputFormat.TABLE;

    /** Prints the document in the form that was asked for. */
    void show(Terminal terminal, JsonNode document, Function<JsonNode, String> table) {
        switch (format) {
            case TABLE -> terminal.out().print(table.apply(document));
            case JSON -> terminal.out().println(Json.pretty(document));
            case YAML -> terminal.out().print(YamlText.of(document));
        }
    }
}
