package dev.plumbline.reconciler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.schemas.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PredictionInputTest {
    @Test
    void countsRowsOfAFileAfterItsHeader() {
        assertThatThrownBy(() -> input(".").rows("age,town\n3,Ulm\nx,Ulm\n"))
                .hasMessage("row 2 after the header: 'x' in column age is not a number");
        assertThatThrownBy(() -> input(".").rows("age,town\n3,Ulm\n4\n"))
                .hasMessage("row 2 after the header has 1 value, the header 2");
        assertThatThrownBy(() -> input(".").rows("[{\"age\": 3}, {\"age\": \"x\"}]"))
                .hasMessage("row 2 (counted from 1): 'x' in column age is not a number");
    }

    @Test
    void namesTheRowThatAnEndpointRefusesAsTheDataCountsIt() throws Exception {
        PredictionInput input = input(".");
        input.rows("age,town\n3,Ulm\n");
        CommandException refused = new CommandException(ExitCode.USAGE, "row 0: column 'age' is 340, above 120");

        assertThat(input.located(refused, 500))
                .hasMessage("row 501 after the header: column 'age' is 340, above 120")
                .extracting(CommandException::code)
                .isEqualTo(ExitCode.NO);
        CommandException other = new CommandException(ExitCode.NO, "there is no endpoint 'rows'");
        assertThat(input.located(other, 500)).isSameAs(other);
    }

    @Test
    void readsNumbersAsTheDatasetWritesThem() throws Exception {
        assertThat(input(",").rows("age;town\n0,5;Ulm\n").getFirst().path("age").doubleValue())
                .isEqualTo(0.5);
        assertThat(input(".").rows("age;town\n0.5;Ulm\n").getFirst().path("age").doubleValue())
                .isEqualTo(0.5);
        assertThatThrownBy(() -> input(".").rows("age;town\n0,5;Ulm\n")).hasMessageContaining("'0,5' in column age");
    }

    private static PredictionInput input(String decimal) {
        JsonNode inputs = Json.read("""
            {"label": "won", "identifiers": [], "missing": [], "decimal": "%s",
             "features": [{"name": "age", "type": "number"}, {"name": "town", "type": "category"}]}\
            """.formatted(decimal).getBytes(StandardCharsets.UTF_8));
        return new PredictionInput(inputs);
    }
}
