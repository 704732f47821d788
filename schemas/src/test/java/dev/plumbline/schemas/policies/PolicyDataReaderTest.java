package dev.plumbline.schemas.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.RiskTier;
import dev.plumbline.schemas.model.VersionName;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.validation.SchemaTree;
import dev.plumbline.schemas.validation.SchemaValidator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDataReaderTest {
    private static final String SOUND = """
            exceptions:
              - rule: card-present
                resource: Model/churn
                reason: the card is being rewritten
                owner: ada@example.com
                approver: grace@example.com
                granted: 2026-11-01
                expires: 2026-12-15
            revocations:
              - version: churn/v3
                reason: it leaks the label
            """;

    private static final String THRESHOLDS = """
            thresholds:
              medium:
                metrics: {auc: {min: 0.7}}
              high:
                metrics:
                  auc: {min: 0.75}
                  logLoss: {max: 0.5}
                fairness:
                  demographicParityRatio: {min: 0.9}
                  minimumGroupSize: 50
            """;

    private final PolicyDataReader reader = new PolicyDataReader();

    @Test
    void readsExceptionsAndRevocations() {
        PolicyData data = sound(SOUND);

        assertThat(data.revoked(new VersionName("churn", 3))).contains("it leaks the label");
        assertThat(data.revoked(new VersionName("churn", 2))).isEmpty();
        assertThat(data.exceptions()).singleElement().satisfies(exception -> {
            assertThat(exception.from()).isEqualTo("2026-11-01T00:00:00Z");
            assertThat(exception.until()).isEqualTo("2026-12-16T00:00:00Z");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing yet\n", "{}\n", "exceptions: []\nrevocations: []\n"})
    void nothingIsNoData(String text) {
        assertThat(sound(text)).isEqualTo(PolicyData.NONE);
    }

    @Test
    void theDigestIsOfWhatItSays() {
        assertThat(sound("# a comment\n" + SOUND).digest())
                .isEqualTo(sound(SOUND).digest());
        assertThat(sound(SOUND.replace("churn/v3", "churn/v4")).digest())
                .isNotEqualTo(sound(SOUND).digest());
    }

    @Test
    void tellsWhichExceptionsEndSoon() {
        PolicyData data = sound(SOUND);
        Duration notice = Duration.ofDays(14);

        assertThat(data.ending(Instant.parse("2026-12-01T23:59:59Z"), notice)).isEmpty();
        assertThat(data.ending(Instant.parse("2026-12-02T00:00:00Z"), notice)).hasSize(1);
        assertThat(data.ending(Instant.parse("2026-12-15T23:59:59Z"), notice)).hasSize(1);
        assertThat(data.ending(Instant.parse("2026-12-16T00:00:00Z"), notice)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            approver: grace@example.com     | approver: Ada@example.com    | 6  | self-approved
            expires: 2026-12-15             | expires: 2027-02-01          | 8  | exception-too-long
            expires: 2026-12-15             | expires: 2026-10-31          | 8  | exception-too-long
            granted: 2026-11-01             | granted: 2026-02-30          | 7  | no-such-day
            rule: card-present              | rule: Card Present           | 2  | wrong-form
            resource: Model/churn           | resource: churn              | 3  | wrong-form
            version: churn/v3               | version: v3                  | 10 | wrong-form
            reason: it leaks the label      | reasons: it leaks the label  | 11 | unknown-field
            revocations:                    | revoked:                     | 9  | unknown-field
            """)
    void refusesWhatItCannotMean(String right, String wrong, int line, String code) {
        List<Problem> problems = problems(SOUND.replace(right, wrong));

        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.file()).isEqualTo(PolicyData.FILE);
            assertThat(problem.hint()).isPresent();
        });
    }

    @Test
    void anExceptionHoldsForNinetyDaysAtMost() {
        assertThat(problems(SOUND.replace("expires: 2026-12-15", "expires: 2027-01-30")))
                .isEmpty();
        assertThat(problems(SOUND.replace("expires: 2026-12-15", "expires: 2027-01-31")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .contains("at most 90 days", "2027-01-31 is not between 2026-11-01 and 2027-01-30"));
    }

    @Test
    void aVersionIsRevokedOnce() {
        String twice = SOUND + "  - version: churn/v3\n    reason: it leaks the label again\n";

        assertThat(problems(twice)).extracting(Problem::code).containsExactly("duplicate-revocation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- a list\n", "exceptions: &all []\nrevocations: *all\n", "a: [\n", "{}\n---\n{}\n"})
    void refusesWhatIsNoDocumentOfOurs(String text) {
        assertThat(problems(text)).isNotEmpty();
    }

    @Test
    void readsThresholdsOfEachTier() {
        PolicyData data = sound(THRESHOLDS);

        assertThat(data.thresholds().keySet()).containsExactly(RiskTier.MEDIUM, RiskTier.HIGH);
        assertThat(Json.digest(data.toInput().path("thresholds")))
                .isEqualTo(Json.digest(Json.read("""
                {"medium": {"metrics": {"auc": {"min": 0.7}}, "fairness": {"limits": {}}},
                 "high": {"metrics": {"auc": {"min": 0.75}, "logLoss": {"max": 0.5}},
                  "fairness": {"limits": {"demographicParityRatio": {"min": 0.9}}, "minimumGroupSize": 50}}}""".getBytes(StandardCharsets.UTF_8))));
        assertThat(data.digest()).isNotEqualTo(PolicyData.NONE.digest());
        assertThat(data.digest())
                .isNotEqualTo(sound(THRESHOLDS.replace("0.75", "0.76")).digest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"thresholds: {}\n", "thresholds: {high: {}, low: {metrics: {}, fairness: {}}}\n"})
    void aTierOfWhichNothingIsSaidIsNotThere(String text) {
        assertThat(sound(text)).isEqualTo(PolicyData.NONE);
    }

    @Test
    void everythingThatIsWrongWithThresholdsIsToldAtOnce() {
        String wrong = THRESHOLDS
                .replace("medium:", "extreme:")
                .replace("{min: 0.75}", "{min: 7.5}")
                .replace("logLoss: {max: 0.5}", "logarithm: {max: 0.5}")
                .replace("{min: 0.9}", "{max: 0.9}")
                .replace("minimumGroupSize: 50", "minimumGroupSize: 0");

        assertThat(problems(wrong))
                .extracting(Problem::line, Problem::code)
                .contains(
                        tuple(2, "unknown-field"),
                        tuple(6, "out-of-range"),
                        tuple(7, "unknown-field"),
                        tuple(9, "unknown-field"),
                        tuple(10, "out-of-range"));
    }

    @Test
    void aMinimumAboveItsMaximumIsRefused() {
        assertThat(problems(THRESHOLDS.replace("auc: {min: 0.75}", "auc: {min: 0.75, max: 0.7}")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("min-above-max");
                    assertThat(problem.line()).isEqualTo(6);
                    assertThat(problem.pointer()).isEqualTo("/thresholds/high/metrics/auc");
                });
    }

    @Test
    void theExampleOfTheSchemaFitsIt() {
        var schema = SchemaTree.named(PolicyDataReader.SCHEMA);

        assertThat(new SchemaValidator().validate(schema, schema.root().at("/examples/0")))
                .isEmpty();
    }

    @Test
    void whatLooksLikeARuleAndIsNotReadIsTold() {
        List<String> paths = List.of(
                "policies/data.yaml",
                "policies/README.md",
                "policies/own/rule.rego",
                "prod/policies/data.yaml",
                "a.rego");

        assertThat(PolicyFiles.unread(paths, "")).extracting(Problem::file).containsExactly("policies/own/rule.rego");
        assertThat(PolicyFiles.unread(paths, "prod")).isEmpty();
    }

    private PolicyData sound(String text) {
        PolicyDataReader.Reading reading = read(text);
        assertThat(reading.problems()).isEmpty();
        return reading.data().orElseThrow();
    }

    private List<Problem> problems(String text) {
        PolicyDataReader.Reading reading = read(text);
        assertThat(reading.data().isEmpty()).isEqualTo(!reading.problems().isEmpty());
        return reading.problems();
    }

    private PolicyDataReader.Reading read(String text) {
        return reader.read(PolicyData.FILE, text.getBytes(StandardCharsets.UTF_8));
    }
}
