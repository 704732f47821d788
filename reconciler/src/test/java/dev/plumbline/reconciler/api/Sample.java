package dev.plumbline.reconciler.api;

import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.ledger.VerdictEntry;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.status.Condition;
import dev.plumbline.reconciler.status.ConditionType;
import dev.plumbline.reconciler.status.Reason;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.runtime.Evaluation;
import dev.plumbline.runtime.Fairness;
import dev.plumbline.runtime.MetricValue;
import dev.plumbline.runtime.RunId;
import dev.plumbline.runtime.RunInputs;
import dev.plumbline.runtime.TrainingOutcome;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Algorithm;
import dev.plumbline.schemas.model.ColumnSchema;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.DataFormat;
import dev.plumbline.schemas.model.DataSource;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Metadata;
import dev.plumbline.schemas.model.Metric;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.PromotionMode;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.RiskTier;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.Spec;
import dev.plumbline.schemas.model.Split;
import dev.plumbline.schemas.model.SplitStrategy;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.model.TrainingSpec;
import dev.plumbline.schemas.model.UnknownCategory;
import dev.plumbline.schemas.model.VersionName;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.problem.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** One moment of a control plane that trained and serves a churn model. */
public record Sample(boolean ready, boolean stalled, Optional<String> suspended, List<EventEntry> events) {
    public static final Revision REVISION = new Revision("1111111111111111111111111111111111111111");
    public static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    public static final VersionName V1 = new VersionName("churn", 1);
    public static final ResourceId TRAINING = new ResourceId(Kind.TRAINING, "churn");
    public static final ResourceId SERVING = new ResourceId(Kind.SERVING, "churn");
    public static final Digest ARTIFACT = digest("artifact");
    public static final Digest VERDICT = digest("verdict");

    private static final ModelSpec MODEL =
            new ModelSpec(Task.BINARY_CLASSIFICATION, RiskTier.LOW, Optional.empty(), List.of());

    public Sample(boolean ready, List<EventEntry> events) {
        this(ready, false, Optional.empty(), events);
    }

    /** Nothing goes on before a person acts. */
    public static Sample waitingForAPerson() {
        return new Sample(false, true, Optional.empty(), List.of());
    }

    /** Nothing is done about it, in these words. */
    public static Sample suspended(String words) {
        return new Sample(false, false, Optional.of(words), List.of());
    }

    /** All is well, and one thing happened. */
    public static Sample usual() {
        return new Sample(true, List.of(event("Promoted", "churn/v1 is named by 11111111")));
    }

    public static EventEntry event(String reason, String message) {
        return new EventEntry(
                AT,
                SERVING,
                reason,
                message,
                Optional.of(REVISION),
                Optional.of(V1),
                Optional.empty(),
                Optional.empty());
    }

    public Operations.State state(long generation) {
        return new Operations.State(
                generation,
                Optional.of(REVISION),
                Optional.of(AT),
                ready ? Optional.of(AT) : Optional.empty(),
                ready ? Optional.empty() : Optional.of("the remote does not answer"),
                ready ? Optional.empty() : Optional.of(AT),
                List.of(problem()),
                List.of(status(TRAINING), status(SERVING)),
                List.of());
    }

    private static Problem problem() {
        return new Problem(
                "models/other.yaml",
                3,
                7,
                "/spec/taks",
                "unknown-field",
                Severity.ERROR,
                "there is no field taks",
                Optional.of("did you mean task?"),
                Optional.of(new ResourceId(Kind.MODEL, "other")));
    }

    private ResourceStatus status(ResourceId id) {
        return new ResourceStatus(
                id,
                Optional.of("churn.yaml"),
                ready ? Optional.of(V1) : Optional.empty(),
                ready ? Optional.of(ARTIFACT) : Optional.empty(),
                Optional.of(REVISION),
                Optional.of(REVISION),
                ready ? Optional.of(REVISION) : Optional.empty(),
                conditions(),
                Optional.empty(),
                Optional.empty());
    }

    private List<Condition> conditions() {
        Condition why = new Condition(
                ConditionType.READY,
                ready ? Condition.Truth.TRUE : Condition.Truth.FALSE,
                ready ? Reason.SERVING : Reason.TRAINING,
                ready ? "v1 answers" : "a run is under way",
                AT);
        if (suspended.isPresent()) {
            return List.of(
                    why,
                    new Condition(
                            ConditionType.SUSPENDED, Condition.Truth.TRUE, Reason.SUSPENDED, suspended.get(), AT));
        }
        return stalled
                ? List.of(
                        why,
                        new Condition(ConditionType.STALLED, Condition.Truth.TRUE, Reason.BREAKER_OPEN, "mend it", AT))
                : List.of(why);
    }

    public Optional<Operations.Admitted> admitted() {
        TreeSet<ResourceId> changed = new TreeSet<>(List.of(TRAINING));
        return Optional.of(new Operations.Admitted(
                new AdmissionEntry(REVISION, "tree", AT, new TreeMap<>(), new TreeMap<>(), changed, 1),
                List.of(problem())));
    }

    public List<Resource> resources() {
        return List.of(
                resource(new ResourceId(Kind.MODEL, "churn"), MODEL),
                resource(new ResourceId(Kind.DATASET, "churn"), dataset()),
                resource(TRAINING, training()),
                resource(SERVING, serving()));
    }

    private static Resource resource(ResourceId id, Spec spec) {
        return new Resource(
                id,
                new Metadata(id.name(), Optional.of("ds@example.com"), Map.of(), false),
                spec,
                "churn.yaml",
                1,
                0,
                digest(id.toString()));
    }

    private static DatasetSpec dataset() {
        Map<String, ColumnSchema> columns = new LinkedHashMap<>();
        columns.put("id", column(ColumnType.CATEGORY));
        columns.put("tenure", column(ColumnType.INTEGER));
        columns.put("charges", column(ColumnType.NUMBER));
        columns.put("contract", column(ColumnType.CATEGORY));
        columns.put("churn", column(ColumnType.CATEGORY));
        return new DatasetSpec(
                new DataSource(
                        Optional.of("data/churn.csv"),
                        Optional.empty(),
                        Optional.empty(),
                        DataFormat.CSV,
                        true,
                        List.of(),
                        ",",
                        ".",
                        List.of("")),
                "churn",
                Optional.of("Yes"),
                List.of("id"),
                columns,
                List.of(),
                new Split(SplitStrategy.STRATIFIED, 0.2, 7, Optional.empty(), Optional.empty()));
    }

    private static ColumnSchema column(ColumnType type) {
        return new ColumnSchema(type, Optional.empty(), Optional.empty(), List.of(), UnknownCategory.BUCKET);
    }

    private static TrainingSpec training() {
        return new TrainingSpec(
                "churn",
                "churn",
                new TrainingSpec.TrainerSpec(Algorithm.XGBOOST, new TreeMap<>(Map.of("trees", 50.0)), 42),
                Map.of(),
                Duration.ofMinutes(10),
                new TrainingSpec.Resources(1, 1L << 30));
    }

    private static ServingSpec serving() {
        return new ServingSpec(
                "churn",
                "v1",
                new ServingSpec.Promotion(PromotionMode.COMMIT, Optional.empty(), 0.01),
                new ServingSpec.Limits(100, Duration.ofSeconds(5), 1_000),
                Duration.ofMinutes(5));
    }

    private static RunInputs inputs() {
        return RunInputs.of(MODEL, dataset(), training(), digest("rows"), 1);
    }

    /** The run that became v1. */
    public static RunId run() {
        return inputs().id();
    }

    private static Evaluation evaluation() {
        return new Evaluation(
                Map.of(Metric.AUC, new MetricValue(0.84, 0.82, 0.86, 1_400)),
                List.of("No", "Yes"),
                List.of(List.of(900L, 100L), List.of(150L, 250L)),
                List.of(),
                Optional.of(new Fairness(
                        List.of("gender", "plan"), Optional.of("Not of numbers."), List.of(byGender(), byPlan()))));
    }

    private static Fairness.Partition byGender() {
        MetricValue selected = new MetricValue(0.2, 0.15, 0.25, 700);
        return new Fairness.Partition(
                List.of("gender"),
                "Yes",
                Optional.empty(),
                List.of(
                        new Fairness.Group(
                                List.of("female"),
                                700,
                                new Fairness.Counts(100, 40, 60, 500),
                                Map.of(Fairness.Rate.SELECTION, selected)),
                        new Fairness.Group(List.of("other"), 0, new Fairness.Counts(0, 0, 0, 0), Map.of())),
                Map.of(
                        Fairness.Gap.DEMOGRAPHIC_PARITY_RATIO,
                        new Fairness.Difference(
                                0.9, 0.7, 1, Fairness.Rate.SELECTION, List.of("female"), List.of("male"))),
                List.of(new Fairness.Reversal(
                        "gender",
                        List.of("female", "male"),
                        "plan",
                        Fairness.Rate.SELECTION,
                        new MetricValue(-0.05, -0.07, -0.03, 1_400),
                        new MetricValue(0.04, 0.02, 0.06, 1_400),
                        List.of())));
    }

    private static Fairness.Partition byPlan() {
        return new Fairness.Partition(
                List.of("plan"), "Yes", Optional.of("There are 101 groups."), List.of(), Map.of(), List.of());
    }

    private static RunEntry runEntry() {
        return new RunEntry(
                run(),
                "churn",
                "churn",
                "churn",
                1,
                RunStatus.SUCCEEDED,
                inputs(),
                7_043,
                REVISION,
                new TreeMap<>(Map.of(TRAINING, digest("spec"))),
                AT,
                Optional.of(AT.plusSeconds(9)),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of(new TrainingOutcome.Succeeded(
                        ARTIFACT,
                        1_000,
                        digest("training rows"),
                        evaluation(),
                        new TrainingOutcome.Parity(1_400, 0, 0.000001, true),
                        new TreeMap<>(Map.of("java", "25")))),
                Optional.of(V1),
                Optional.of(VERDICT));
    }

    private static VersionEntry versionEntry() {
        return new VersionEntry(
                V1,
                ARTIFACT,
                run(),
                AT.plusSeconds(10),
                inputs(),
                "churn",
                7_043,
                digest("training rows"),
                evaluation(),
                VERDICT,
                REVISION,
                new TreeMap<>(Map.of(TRAINING, digest("spec"))),
                new TreeMap<>(Map.of("java", "25")));
    }

    private static EndpointEntry endpoint() {
        return new EndpointEntry(
                "churn",
                "churn",
                Optional.of(REVISION),
                Optional.of(V1),
                List.of(new EndpointEntry.Service(
                        V1, ARTIFACT, AT.plusSeconds(20), Optional.empty(), REVISION, VERDICT)),
                new TreeMap<>(),
                List.of());
    }

    public LedgerView ledger() {
        return new SampleLedger(
                List.of(runEntry()),
                List.of(versionEntry()),
                List.of(endpoint()),
                List.of(new VerdictEntry(
                        VERDICT,
                        AT,
                        Json.object()
                                .put("id", VERDICT.value())
                                .put("gate", "registration")
                                .put("allowed", true)
                                .put("reason", "Allowed"))),
                events);
    }

    static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
