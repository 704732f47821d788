package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.status.ConditionType;
import dev.plumbline.reconciler.status.Reason;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.VersionName;
import dev.plumbline.schemas.policies.PolicyData;
import dev.plumbline.schemas.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an organisation adds to the rules: exceptions that end, and versions that must not serve. */
final class LoopPolicyTest {
    private static final ResourceId OTHER = new ResourceId(Kind.MODEL, "other");
    private static final String FILE = "models/other.yaml";
    private static final String WITHOUT_CARD =
            Specs.MODEL_TEXT.replace("churn", "other").replace("riskTier: low", "riskTier: high");
    private static final String EXCEPTION = """
            exceptions:
              - rule: card-present
                resource: Model/other
                reason: the card is being rewritten
                owner: ada@example.com
                approver: grace@example.com
                granted: 2026-02-20
                expires: 2026-03-10
            """;

    @TempDir
    Path folder;

    private LoopBed bed;

    @BeforeEach
    void prepare() {
        bed = new LoopBed(folder).withSpecs();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void anExceptionLetsASpecInUntilItEndsAndTakesNothingOffThen() throws Exception {
        bed.repository.commit("Except", PolicyData.FILE, EXCEPTION);
        bed.start();
        bed.push(FILE, WITHOUT_CARD);
        bed.awaitReason(OTHER, "Declared");
        bed.quiet();

        bed.clock.advance(Duration.ofDays(30));
        bed.push(FILE, WITHOUT_CARD + "# later\n");
        bed.quiet();
        assertThat(bed.reason(OTHER)).contains("Declared");

        bed.push(FILE, WITHOUT_CARD.replace("owner: ds-team", "owner: ml-team"));
        bed.awaitReason(OTHER, "AdmissionDenied");
        assertThat(bed.message(OTHER)).contains("the exception that grace@example.com granted expired on 2026-03-10");
    }

    @Test
    void whatServesByAnExceptionGoesOnWhenThatEndsAlsoAfterARestart() throws Exception {
        bed.repository.commit(
                "Except",
                Map.of(
                        PolicyData.FILE,
                        EXCEPTION.replace("Model/other", "Model/churn"),
                        "models/churn.yaml",
                        Specs.MODEL_TEXT.replace("riskTier: low", "riskTier: medium")));
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
        assertThat(bed.operations().warnings())
                .filteredOn(each -> each.reason().equals("ExceptionEnds"))
                .singleElement()
                .satisfies(each -> assertThat(each.message())
                        .contains("Model/churn", "card-present", "2026-03-10", "grace@example.com"));

        bed.clock.advance(Duration.ofDays(30));
        bed.restart();
        bed.awaitReason(Specs.SERVING, "Serving");
        bed.awaitReason(Specs.MODEL, "Declared");
        bed.resync();
        assertThat(bed.endpoints.version("churn-api")).contains("v1");
        for (ResourceId id : new ResourceId[] {Specs.MODEL, Specs.SERVING}) {
            assertThat(bed.status(id).orElseThrow().condition(ConditionType.DEGRADED))
                    .hasValueSatisfying(condition -> {
                        assertThat(condition.reason()).isEqualTo(Reason.POLICY_OUTDATED);
                        assertThat(condition.message()).contains("Model/churn", "expired on 2026-03-10");
                    });
        }
        assertThat(bed.operations().warnings())
                .extracting(Operations.Warning::reason)
                .doesNotContain("ExceptionEnds");
    }

    @Test
    void aCommitThatBringsItsOwnExceptionIsJudgedByThePoliciesBeforeIt() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
        String base = bed.repository.head("main").orElseThrow();
        bed.repository.commit("Let myself in", Map.of(FILE, WITHOUT_CARD, PolicyData.FILE, EXCEPTION));
        bed.ring();
        bed.awaitReason(OTHER, "AdmissionDenied");
        assertThat(bed.message(OTHER))
                .contains("by the policies of " + base.substring(0, 8))
                .contains("card");
        bed.quiet();
        bed.restart();
        bed.awaitReason(OTHER, "AdmissionDenied");
        bed.quiet();

        bed.push("README.md", "The exception has been there before this commit.\n");
        bed.awaitReason(OTHER, "Declared");
        assertThat(bed.endpoints.version("churn-api")).contains("v1");
    }

    @Test
    void whatAThresholdRefusedIsJudgedAgainWhenTheThresholdIsAnother() throws Exception {
        bed.repository.commit("Ask for more", PolicyData.FILE, minimum(0.99));
        bed.start();
        bed.awaitReason(Specs.TRAINING, "RegistrationDenied");
        assertThat(bed.message(Specs.TRAINING))
                .contains("below 0.99: policies/data.yaml bounds auc for every model of the low tier")
                .contains("[threshold-reached]");
        bed.quiet();
        int judged = verdicts();
        bed.resync();
        assertThat(verdicts()).isEqualTo(judged);

        bed.push(PolicyData.FILE, minimum(0.5));
        bed.awaitLive("v1");
        assertThat(bed.trainer.started()).hasSize(1);
    }

    @Test
    void aCommitThatBringsItsOwnThresholdIsJudgedByTheOneBeforeIt() throws Exception {
        bed.repository.commit("Ask for more", PolicyData.FILE, minimum(0.99));
        bed.start();
        bed.awaitReason(Specs.TRAINING, "RegistrationDenied");
        bed.quiet();
        String base = bed.repository.head("main").orElseThrow();
        bed.repository.commit(
                "Let myself in", Map.of(PolicyData.FILE, minimum(0.5), "training/churn.yaml", Specs.training(2)));
        bed.ring();
        bed.until(
                () -> bed.message(Specs.TRAINING).contains("by the policies of " + base.substring(0, 8)),
                "the threshold before is the one that counts");
        assertThat(bed.reason(Specs.TRAINING)).contains("RegistrationDenied");
        bed.quiet();
        int judged = verdicts();
        bed.resync();
        bed.restart();
        bed.awaitReason(Specs.TRAINING, "RegistrationDenied");
        bed.quiet();
        assertThat(verdicts()).isEqualTo(judged);

        bed.push("README.md", "The threshold has been there before this commit.\n");
        bed.awaitLive("v1");
        assertThat(bed.trainer.started()).hasSize(2);
    }

    private int verdicts() {
        return bed.operations().ledger().verdicts("").size();
    }

    private static String minimum(double auc) {
        return "thresholds: {low: {metrics: {auc: {min: " + auc + "}}}}\n";
    }

    @Test
    void brokenPoliciesChangeNothingAndSaySo() throws Exception {
        bed.repository.commit("Except", PolicyData.FILE, EXCEPTION);
        bed.start();
        bed.push(PolicyData.FILE, EXCEPTION.replace("expires: 2026-03-10", "expires: 2026-09-10"));
        bed.until(
                () -> bed.operations().state().problems().stream()
                        .map(Problem::code)
                        .anyMatch("exception-too-long"::equals),
                "the problem is told");
        bed.push(FILE, WITHOUT_CARD);
        bed.awaitReason(OTHER, "Declared");
        bed.quiet();
        bed.restart();
        bed.quiet();
        assertThat(bed.reason(OTHER)).contains("Declared");
        assertThat(bed.operations().state().problems())
                .extracting(Problem::file, Problem::line, Problem::code)
                .contains(tuple(PolicyData.FILE, 8, "exception-too-long"));
    }

    @Test
    void nothingIsAdmittedUnderPoliciesThatNobodyCouldEverRead() throws Exception {
        bed.repository.commit("Broken", PolicyData.FILE, "revocations: all\n");
        bed.start();
        bed.awaitReason(Specs.SERVING, "AdmissionDenied");
        assertThat(bed.message(Specs.SERVING)).contains("policies/data.yaml:1");
        bed.quiet();
        assertThat(bed.trainer.started()).isEmpty();

        bed.push(PolicyData.FILE, "revocations: []\n");
        bed.awaitLive("v1");
    }

    @Test
    void rulesOfAFormThatIsNotReadAreRefusedAloud() throws Exception {
        bed.repository.commit("Except", PolicyData.FILE, EXCEPTION);
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
        bed.repository.commit("Own rule", Map.of("policies/own.rego", "package own\n", PolicyData.FILE, "{}\n"));
        bed.ring();
        bed.quiet();
        assertThat(bed.operations().state().problems())
                .extracting(Problem::file, Problem::code)
                .containsExactly(tuple("policies/own.rego", "unknown-policy-file"));

        bed.push(FILE, WITHOUT_CARD);
        bed.awaitReason(OTHER, "Declared");
    }

    @Test
    void aRevokedVersionIsTakenOffAndNeverComesBack() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitLive("v2");
        bed.quiet();

        bed.push(PolicyData.FILE, """
                revocations:
                  - version: churn/v2
                    reason: it leaks the label
                """);
        bed.until(() -> bed.endpoints.version("churn-api").equals(Optional.of("none")), "nothing serves");
        bed.awaitReason(Specs.SERVING, "VersionRevoked");
        assertThat(bed.message(Specs.SERVING)).contains("it leaks the label").contains("plumb rollback churn-api");
        assertThat(bed.events(Specs.SERVING)).contains("NothingServes");
        bed.quiet();
        bed.restart();
        bed.awaitReason(Specs.SERVING, "VersionRevoked");
        assertThat(bed.endpoints.version("churn-api")).contains("none");

        bed.push("serving/churn.yaml", Specs.serving("v1"));
        bed.awaitLive("v1");
        bed.awaitReason(Specs.SERVING, "HeldBack");
        assertThat(bed.message(Specs.SERVING)).contains("v2").contains("was revoked");
        bed.resync();
        assertThat(bed.endpoints.version("churn-api")).contains("v1");
        assertThatThrownBy(() -> bed.operations()
                        .write(new Operations.Change(
                                Specs.SERVING.name(),
                                false,
                                Optional.of(new VersionName("churn", 2)),
                                "ada@laptop",
                                Optional.empty())))
                .hasMessageContaining("churn/v2 was revoked: it leaks the label");
    }
}
