package dev.plumbline.reconciler.cli;

import dev.plumbline.schemas.json.Json;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The flag that asks for another form than a table. */
final class OutputOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json|yaml",
            description = "The form of the answer (default: ${DEFAULT-VALUE}).")
    OutputFormat format = OutputFormat.TABLE;

    /** Prints the document in the form that was asked for; a table is the verb's own to print. */
    void print(Terminal terminal, JsonNode document) {
        switch (format) {
            case TABLE, JSON -> terminal.out().println(Json.pretty(document));
            case YAML -> terminal.out().print(YamlText.of(document));
        }
    }
}
