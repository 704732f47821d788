package dev.plumbline.reconciler.cli.option;

import dev.plumbline.reconciler.cli.session.Terminal;
import dev.plumbline.reconciler.cli.text.YamlText;
import dev.plumbline.schemas.json.Json;
import java.util.function.Function;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The flag that asks for another form than a table. */
public final class OutputOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json|yaml",
            description = "The form of the answer (default: ${DEFAULT-VALUE}).")
    private OutputFormat format = OutputFormat.TABLE;

    /** Whether the answer is for people. */
    public boolean table() {
        return format == OutputFormat.TABLE;
    }

    /** Prints the document in the form that was asked for. */
    public void show(Terminal terminal, JsonNode document, Function<JsonNode, String> table) {
        switch (format) {
            case TABLE -> terminal.out().print(table.apply(document));
            case JSON -> terminal.out().println(Json.pretty(document));
            case YAML -> terminal.out().print(YamlText.of(document));
        }
    }
}
