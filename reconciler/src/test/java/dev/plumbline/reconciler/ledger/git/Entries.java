package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.ledger.DatasetEntry;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.ledger.VerdictEntry;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.runtime.Evaluation;
import dev.plumbline.runtime.MetricValue;
import dev.plumbline.runtime.RunId;
import dev.plumbline.runtime.RunInputs;
import dev.plumbline.runtime.TrainingOutcome;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Algorithm;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Metric;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.Split;
import dev.plumbline.schemas.model.SplitStrategy;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.model.UnknownCategory;
import dev.plumbline.schemas.model.VersionName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Entries for tests: made up, and different for different seeds. */
final class Entries {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private Entries() {}

    static Digest digest(String seed) {
        return Digest.of(seed.getBytes(StandardCharsets.UTF_8));
    }

    static Revision revision(String seed) {
        return new Revision(digest(seed).hex().substring(0, 40));
    }

    static RunId runId(String seed) {
        return new RunId(digest("run " + seed));
    }

    static RunEntry run(String model, String seed, RunStatus status) {
        return new RunEntry(
                runId(seed),
                model,
                model,
                "telco",
                1,
                status,
                inputs(seed),
                1_000,
                revision(seed),
                new TreeMap<>(Map.of(new ResourceId(Kind.MODEL, model), digest("spec"))),
                NOW,
                status == RunStatus.RUNNING ? Optional.empty() : Optional.of(NOW.plusSeconds(3)),
                Optional.empty(),
                Optional.empty(),
                false,
                status == RunStatus.SUCCEEDED ? Optional.of(succeeded(seed)) : Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static TrainingOutcome.Succeeded succeeded(String seed) {
        return new TrainingOutcome.Succeeded(
                digest("artifact " + seed),
                12_345,
                digest("rows"),
                evaluation(),
                new TrainingOutcome.Parity(200, 0, 1.5e-7, true),
                new TreeMap<>(Map.of("java", "25")));
    }

    static Evaluation evaluation() {
        return new Evaluation(
                Map.of(Metric.AUC, new MetricValue(0.83, 0.81, 0.85, 200)),
                List.of("No", "Yes"),
                List.of(List.of(100L, 20L), List.of(10L, 70L)),
                List.of());
    }

    static RunInputs inputs(String seed) {
        return new RunInputs(
                Task.BINARY_CLASSIFICATION,
                digest("dataset"),
                "churn",
                Optional.of("Yes"),
                List.of(new RunInputs.Feature("tenure", ColumnType.INTEGER, List.of(), UnknownCategory.BUCKET)),
                new Split(SplitStrategy.STRATIFIED, 0.2, 7, Optional.empty(), Optional.empty()),
                Algorithm.RANDOM_FOREST,
                new TreeMap<>(Map.of("trees", 200.0)),
                seed.hashCode(),
                1);
    }

    static VersionEntry version(String model, int number, String seed) {
        return new VersionEntry(
                new VersionName(model, number),
                digest("artifact " + seed),
                runId(seed),
                NOW,
                inputs(seed),
                "telco",
                1_000,
                digest("rows"),
                evaluation(),
                digest("verdict " + seed),
                revision(seed),
                new TreeMap<>(),
                new TreeMap<>(Map.of("java", "25")));
    }

    static EndpointEntry endpoint(String serving, String model, VersionName... served) {
        List<EndpointEntry.Service> history = new ArrayList<>();
        for (int each = 0; each < served.length; each++) {
            history.add(new EndpointEntry.Service(
                    served[each],
                    digest("artifact " + served[each]),
                    NOW,
                    each == served.length - 1 ? Optional.empty() : Optional.of(NOW),
                    revision("c"),
                    digest("verdict")));
        }
        return new EndpointEntry(
                serving,
                model,
                Optional.of(revision("c")),
                Optional.empty(),
                history,
                new TreeMap<>(Map.of(
                        new VersionName(model, 99), new EndpointEntry.HeldBack(NOW, "ada@example.com", revision("x")))),
                List.of());
    }

    static VerdictEntry verdict(String seed) {
        return new VerdictEntry(
                digest("verdict " + seed),
                NOW,
                Json.object().put("allowed", true).put("seed", seed));
    }

    static DatasetEntry dataset(String seed) {
        return new DatasetEntry(digest("key " + seed), digest("rows " + seed), 1_000, 800, 200);
    }

    static AdmissionEntry admission(String seed) {
        return new AdmissionEntry(
                revision(seed),
                revision("tree " + seed).id(),
                NOW,
                new TreeMap<>(Map.of(new ResourceId(Kind.MODEL, "churn"), digest("v"))),
                new TreeMap<>(Map.of(
                        new ResourceId(Kind.SERVING, "churn-api"),
                        new AdmissionEntry.Form(
                                revision("old"), "a.yaml", revision("blob").id(), 1))),
                new TreeSet<>(List.of(new ResourceId(Kind.MODEL, "churn"))),
                0);
    }

    static EventEntry event(String name, String message) {
        return new EventEntry(
                NOW,
                new ResourceId(Kind.SERVING, name),
                "Promoted",
                message,
                Optional.of(revision("r")),
                Optional.of(new VersionName("churn", 1)),
                Optional.empty(),
                Optional.of("ada@example.com"));
    }
}
