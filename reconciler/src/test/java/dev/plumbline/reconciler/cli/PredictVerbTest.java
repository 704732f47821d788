package dev.plumbline.reconciler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.schemas.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PredictVerbTest extends ServerCase {
    @Test
    void asksAnEndpointAboutCsv() throws Exception {
        Files.writeString(
                folder.resolve("rows.csv"),
                "\ufeffid;tenure;charges;contract;churn\r\n1;3;29.5;\"two;year\";Yes\r\n2;;1e1;monthly;No\r\n");

        Bench.Said said = bench().run("predict", "churn", "--data", "rows.csv");

        assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.DONE);
        assertThat(said.err()).isEqualTo("left out, because the model does not take them: churn, id\n");
        assertThat(said.out())
                .contains("1    Yes         No 0.2500, Yes 0.7500")
                .contains("2    Yes");
        assertThat(Json.line(predicted.getFirst()))
                .isEqualTo("{\"instances\":[{\"tenure\":3,\"charges\":29.5,\"contract\":\"two;year\"},"
                        + "{\"tenure\":null,\"charges\":1E+1,\"contract\":\"monthly\"}]}");
    }

    @Test
    void asksAnEndpointAboutJson() {
        Bench.Said said = bench().typing("{\"tenure\": 3, \"charges\": \"2.5\", \"contract\": 7}\n{\"tenure\": 4}\n")
                .run("predict", "churn", "--data", "-", "-o", "json");

        assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.DONE);
        assertThat(Json.read(said.out().getBytes(StandardCharsets.UTF_8))
                        .get("predictions")
                        .size())
                .isEqualTo(2);
        assertThat(predicted.getFirst().get("instances").get(0).get("contract").stringValue())
                .isEqualTo("7");
    }

    @Test
    void refusesRowsThatTheModelCannotTake() throws Exception {
        record Case(ExitCode code, String text, String part) {}
        List<Case> cases = List.of(
                new Case(ExitCode.USAGE, "tenure,colour\n1,red\n", "no column 'colour'"),
                new Case(
                        ExitCode.NO,
                        "tenure,contract\nmany,x\n",
                        "row 1 after the header: 'many' in column tenure is not a whole number"),
                new Case(ExitCode.NO, "tenure,contract\n1.5,x\n", "not a whole number"),
                new Case(ExitCode.NO, "tenure,contract\n1\n", "row 1 after the header has 1 value, the header 2"),
                new Case(ExitCode.USAGE, "tenure,contract\n1,\"x\n", "does not end"),
                new Case(ExitCode.USAGE, "", "holds no rows"),
                new Case(ExitCode.USAGE, "tenure\n", "holds no rows"),
                new Case(ExitCode.USAGE, "{\"tenure\":", "not JSON"),
                new Case(ExitCode.NO, "[1]", "row 1 (counted from 1) is not a JSON object"));
        for (Case each : cases) {
            Files.writeString(folder.resolve("rows"), each.text());
            Bench.Said said = bench().run("predict", "churn", "--data", "rows");
            assertThat(said.code()).as(each.text()).isEqualTo(each.code());
            assertThat(said.err()).contains(each.part());
        }
        assertThat(bench().run("predict", "churn", "--data", "nothing.csv").err())
                .contains("there is no file");
        assertThat(bench().run("predict", "churn", "--data", ".").err()).contains(". is a folder");
        Files.writeString(folder.resolve("rows.parquet"), "PAR1 and bytes");
        assertThat(bench().run("predict", "churn", "--data", "rows.parquet").err())
                .contains("rows.parquet is a Parquet file, and this takes CSV or JSON");
        assertThat(bench().run("promote", "nope", "--to", "v1").err())
                .contains("`plumb get serving` lists what there is");
        assertThat(bench().run("describe", "serving/nope").err()).contains("`plumb get serving` lists what there is");
        assertThat(predicted).isEmpty();
    }
}
