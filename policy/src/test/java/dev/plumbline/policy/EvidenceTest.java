package dev.plumbline.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plumbline.policy.opa.EmbeddedOpa;
import dev.plumbline.schemas.card.CardReader;
import dev.plumbline.schemas.card.ModelCard;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Bound;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Metadata;
import dev.plumbline.schemas.model.Metric;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.RiskTier;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.model.VersionName;
import dev.plumbline.schemas.policies.PolicyData;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Evidence as the loop builds it, judged by the rules that come with the project. */
class EvidenceTest {
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
    private static final Digest MODEL = Digest.of("model".getBytes(StandardCharsets.UTF_8));
    private static final VersionName V1 = new VersionName("churn", 1);
    private static final VersionName V2 = new VersionName("churn", 2);
    private static final String CARD = """
            ---
            model: churn
            contact: ds-team@example.com
            license: Apache-2.0
            validator: risk@example.com
            overseer: lead@example.com
            ---
            # Churn

            ## Purpose

            Tells who may leave.

            ## Out-of-scope uses

            Prices.

            ## Training data

            Customers of 2025.

            ## Slices

            By gender.

            ## Limitations

            No business customers.

            ## Monitoring

            Requests and errors.

            ## Rollback

            The version before.

            ## Fairness

            By gender a tenth is accepted.

            ## Human oversight

            The lead stops it.

            ## Risks

            | Risk | Treatment | Residual |
            | --- | --- | --- |
            | calls at night | calls by day | low |

            ## Annex IV

            | Part | Where |
            | --- | --- |
            """
            + IntStream.rangeClosed(1, 9)
                    .mapToObj(part -> "| " + part + " | this card |\n")
                    .collect(Collectors.joining());

    private static final RegistrationEvidence.Parity PARITY = new RegistrationEvidence.Parity(1409, 0, 1e-7);

    private static final Circumstances NOW = Circumstances.of(PolicyData.NONE, Instant.parse("2026-11-22T10:00:00Z"));

    private final Judge judge = new Judge(EmbeddedOpa.shipped(THREADS), id -> Optional.empty());

    @AfterAll
    static void stop() {
        THREADS.close();
    }

    @Test
    void aCompleteModelIsAdmitted() {
        assertThat(findings(new AdmissionEvidence(model(Optional.of("ds-team@example.com")), card(CARD))))
                .isEmpty();
    }

    @Test
    void aCardThatSaysNothingIsNone() {
        assertThat(findings(new AdmissionEvidence(
                        model(Optional.of("ds-team@example.com")), card("---\n---\n<!-- later -->\n"))))
                .containsExactly("card-present");
    }

    @Test
    void whatTheCardLacksIsFoundWhereItStands() {
        Optional<ModelCard> card = card(CARD.replace("| low |", "| |").replace("license: Apache-2.0", "licence: MIT"));

        assertThat(judge.judge(question(new AdmissionEvidence(model(Optional.of("ds-team@example.com")), card)), NOW)
                        .findings())
                .extracting(
                        Finding::id,
                        finding -> card.orElseThrow()
                                .at(finding.path())
                                .orElseThrow()
                                .line())
                .containsExactlyInAnyOrder(
                        tuple("card-risks-treated", 46), tuple("card-head-complete", 2), tuple("card-readable", 4));
    }

    private static Optional<ModelCard> card(String text) {
        return Optional.of(new CardReader().read("churn.card.md", text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aModelWithoutOwnerAndCardIsNot() {
        assertThat(findings(new AdmissionEvidence(model(Optional.empty()), Optional.empty())))
                .containsExactly("card-present", "owner-present");
    }

    @Test
    void aRunThatMeetsItsRequirementsIsRegistered() {
        assertThat(findings(run(0.84))).isEmpty();
    }

    @Test
    void aRunThatMissesThemIsNot() {
        assertThat(findings(run(0.81))).containsExactly("minimum-reached");
    }

    @Test
    void aMeasureThatIsNotANumberIsNoMeasure() {
        assertThat(findings(run(Double.NaN))).containsExactly("metric-measured");
        assertThat(findings(run(Double.POSITIVE_INFINITY))).containsExactly("metric-measured");
    }

    @Test
    void aSensitiveColumnThatWasNotMeasuredIsDeniedFromTheMediumTier() {
        RegistrationEvidence low = run(0.84, RiskTier.LOW, List.of("gender"));
        RegistrationEvidence medium = run(0.84, RiskTier.MEDIUM, List.of("gender"));

        assertThat(judge.judge(question(low), NOW).allowed()).isTrue();
        assertThat(judge.judge(question(medium), NOW).allowed()).isFalse();
        assertThat(findings(low)).containsExactly("fairness-measured");
        assertThat(findings(medium)).containsExactly("fairness-measured");
    }

    @Test
    void aModelOfTheHighTierNamesSensitiveColumns() {
        assertThat(findings(run(0.84, RiskTier.HIGH, List.of()))).containsExactly("fairness-declared");
    }

    @Test
    void aRegisteredFirstVersionIsPromoted() {
        assertThat(findings(promotion(Optional.of(registration(0.84)), Optional.empty(), Optional.empty(), false)))
                .isEmpty();
    }

    @Test
    void aVersionThatWasNotRegisteredIsNotPromoted() {
        assertThat(findings(promotion(Optional.empty(), Optional.empty(), Optional.empty(), false)))
                .containsExactly("digest-matches", "registered");
        assertThat(findings(promotion(Optional.of(registration(0.5)), Optional.empty(), Optional.empty(), false)))
                .containsExactly("registered");
    }

    @Test
    void aVersionThatIsWorseIsNotPromotedButRolledBackTo() {
        PromotionEvidence.Compared worse =
                new PromotionEvidence.Measured(Metric.AUC, 0.8, 0.85, new Measure(-0.05, -0.07, -0.03, 900));

        PromotionEvidence promotion =
                promotion(Optional.of(registration(0.84)), Optional.of(V1), Optional.of(worse), false);
        PromotionEvidence rollback =
                promotion(Optional.of(registration(0.84)), Optional.of(V1), Optional.of(worse), true);

        assertThat(judge.judge(question(promotion), NOW).allowed()).isFalse();
        assertThat(judge.judge(question(rollback), NOW).allowed()).isTrue();
        assertThat(findings(rollback)).containsExactly("not-worse");
    }

    @Test
    void tooFewRowsOnlyWarn() {
        PromotionEvidence promotion = promotion(
                Optional.of(registration(0.84)),
                Optional.of(V1),
                Optional.of(new PromotionEvidence.NotEnoughData(Metric.AUC, 11)),
                false);

        assertThat(judge.judge(question(promotion), NOW).allowed()).isTrue();
        assertThat(findings(promotion)).containsExactly("enough-data");
    }

    @Test
    void aServingVersionThatIsLostHoldsNothingBack() {
        PromotionEvidence promotion = promotion(
                Optional.of(registration(0.84)),
                Optional.of(V1),
                Optional.of(new PromotionEvidence.ServingLost(Metric.AUC, MODEL)),
                false);

        assertThat(judge.judge(question(promotion), NOW).allowed()).isTrue();
        assertThat(findings(promotion)).containsExactly("serving-at-hand");
    }

    @Test
    void aServingVersionWithoutComparisonKeepsItsPlace() {
        assertThat(findings(promotion(Optional.of(registration(0.84)), Optional.of(V1), Optional.empty(), false)))
                .containsExactly("compared");
    }

    private List<String> findings(Evidence evidence) {
        return judge.judge(question(evidence), NOW).findings().stream()
                .map(Finding::id)
                .toList();
    }

    private Verdict registration(double auc) {
        return judge.judge(question(run(auc)), NOW);
    }

    private static Question question(Evidence evidence) {
        return Question.about("Model/churn", evidence, Map.of(), Optional.of(MODEL));
    }

    private static RegistrationEvidence run(double auc) {
        return run(auc, RiskTier.LOW, List.of());
    }

    private static RegistrationEvidence run(double auc, RiskTier tier, List<String> sensitive) {
        return new RegistrationEvidence(
                "churn",
                "5f1d",
                Task.BINARY_CLASSIFICATION,
                tier,
                sensitive,
                Map.of(Metric.AUC, new Measure(auc, auc - 0.02, auc + 0.02, 1409)),
                Optional.empty(),
                Map.of(Metric.AUC, new Bound(Optional.of(0.82), Optional.empty())),
                PARITY);
    }

    private static PromotionEvidence promotion(
            Optional<Verdict> registration,
            Optional<VersionName> current,
            Optional<PromotionEvidence.Compared> comparison,
            boolean rollback) {
        return new PromotionEvidence(
                "churn-api",
                new PromotionEvidence.Candidate(V2, MODEL, registration),
                current,
                comparison,
                0.01,
                rollback);
    }

    private static Resource model(Optional<String> owner) {
        ModelSpec spec = new ModelSpec(
                Task.BINARY_CLASSIFICATION, RiskTier.HIGH, Optional.of("churn.card.md"), List.of("gender"));
        return new Resource(
                new ResourceId(Kind.MODEL, "churn"),
                new Metadata("churn", owner, Map.of(), false),
                spec,
                "churn.yaml",
                1,
                0,
                Json.digest(Json.object()));
    }
}
