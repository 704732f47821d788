package dev.plumbline.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.policy.opa.EmbeddedOpa;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.PlanOptions;
import dev.plumbline.reconciler.fixture.MemoryLedger;
import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.state.LedgerState;
import dev.plumbline.reconciler.plan.Action;
import dev.plumbline.reconciler.plan.Plan;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.testkit.TemporaryRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jgit.lib.StoredConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPlanTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

    private static final String TRAINING = """
        apiVersion: plumbline.dev/v1
        kind: Training
        metadata: {name: churn}
        spec:
          model: churn
          dataset: churn
          trainer: {algorithm: logistic-regression, parameters: {epochs: 20}, seed: 1}
        """;

    private static final String SERVING = """
        apiVersion: plumbline.dev/v1
        kind: Serving
        metadata: {name: churn}
        spec: {model: churn, version: none}
        """;

    @TempDir
    private Path folder = Path.of("");

    private final List<String> notes = new ArrayList<>();
    private Optional<String> environment = Optional.empty();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeEach
    void commit() throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("model.yaml", """
            apiVersion: plumbline.dev/v1
            kind: Model
            metadata: {name: churn, owner: ann@example.com}
            spec: {task: binary-classification}
            ---
            apiVersion: plumbline.dev/v1
            kind: Dataset
            metadata: {name: churn}
            spec:
              source: {path: data.csv}
              label: churn
              positive: "yes"
              schema: {tenure: {type: integer}, churn: {type: category, values: ["yes", "no"]}}
            """);
        files.put("training.yaml", TRAINING);
        files.put("serving.yaml", SERVING);
        files.put("data.csv", rows());
        try (TemporaryRepository repository = TemporaryRepository.create(folder.resolve(".git"), CLOCK)) {
            repository.commit("begin", files);
            StoredConfig config = repository.git().getConfig();
            config.setBoolean("core", null, "bare", false);
            config.save();
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    @AfterEach
    void end() {
        threads.close();
    }

    private static String rows() {
        StringBuilder text = new StringBuilder("tenure,churn\n");
        for (int row = 0; row < 100; row++) {
            text.append(row).append(row % 3 == 0 ? ",yes\n" : ",no\n");
        }
        return text.toString();
    }

    @Test
    void plansEverythingWhereNothingIsLive() throws Exception {
        assertThat(actions(Optional.empty(), Optional.empty()))
                .containsExactly("train Training/churn", "serve Serving/churn");
        assertThat(notes).isEmpty();
    }

    @Test
    void plansNothingForACommentAndATrainingForAParameter() throws Exception {
        Files.writeString(folder.resolve("training.yaml"), "# why these\n" + TRAINING);
        assertThat(actions(Optional.of("main"), Optional.empty())).isEmpty();

        Files.writeString(folder.resolve("training.yaml"), TRAINING.replace("20", "30"));
        assertThat(actions(Optional.of("main"), Optional.empty())).containsExactly("train Training/churn");
        assertThat(actions(Optional.of("main"), Optional.of("HEAD"))).isEmpty();
    }

    @Test
    void saysWhatWouldBeHeldBack() throws Exception {
        Files.writeString(folder.resolve("training.yaml"), TRAINING.replace("logistic-", "logistik-"));

        assertThat(actions(Optional.of("main"), Optional.empty())).isEmpty();
        assertThat(notes).singleElement().asString().startsWith("Training/churn would be held back: training.yaml:7");
    }

    @Test
    void refusesWhatIsNoCommitAndWhereNoRepositoryIs() {
        assertThatThrownBy(() -> actions(Optional.of("nowhere"), Optional.empty()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("knows no commit 'nowhere'");
        assertThatThrownBy(() -> plan(Path.of("/"), Optional.empty(), Optional.empty()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("no Git repository");
    }

    @Test
    void saysThatTheWorkingTreeIsBehindInsteadOfServingEverythingAnew() throws Exception {
        Revision elsewhere = new Revision("1234567890123456789012345678901234567890");
        EndpointEntry endpoint = EndpointEntry.fresh("churn", "churn")
                .seen("churn", elsewhere, Optional.empty(), new TreeMap<>(), CLOCK.instant());
        LedgerView ledger = MemoryLedger.holding(
                        endpoint,
                        new AdmissionEntry(
                                elsewhere,
                                "tree",
                                CLOCK.instant(),
                                new TreeMap<>(),
                                new TreeMap<>(),
                                new TreeSet<>(),
                                0))
                .view();

        Plan plan = new LocalPlan(
                        new PlanOptions(folder, Optional.empty(), Optional.empty(), Optional.empty(), ""),
                        EmbeddedOpa.shipped(threads),
                        ledger,
                        Clock.systemUTC(),
                        notes::add)
                .plan();

        assertThat(plan.actions()).extracting(LocalPlanTest::words).containsExactly("train Training/churn");
        assertThat(notes)
                .singleElement()
                .asString()
                .startsWith("the working tree is behind what is live: it lacks commit 12345678");
    }

    @Test
    void whatIsLiveHoldsBackWhatItHeldBack() throws Exception {
        Path clone = folder.resolve("clone");
        Map<String, String> broken = Map.of(
                "training.yaml", TRAINING.replace("logistic-", "logistik-"),
                "serving.yaml", SERVING.replace("version: none", "version: newest"));
        TreeMap<ResourceId, AdmissionEntry.Form> held = new TreeMap<>();
        Revision live;
        try (TemporaryRepository repository = TemporaryRepository.create(clone.resolve(".git"), CLOCK)) {
            Map<String, String> sound = new LinkedHashMap<>();
            for (String file : List.of("model.yaml", "training.yaml", "serving.yaml", "data.csv")) {
                sound.put(file, Files.readString(folder.resolve(file)));
            }
            Revision first = new Revision(repository.commit("begin", sound));
            for (Kind kind : List.of(Kind.TRAINING, Kind.SERVING)) {
                String file = kind == Kind.TRAINING ? "training.yaml" : "serving.yaml";
                String blob = Objects.requireNonNull(repository.git().resolve("main:" + file))
                        .name();
                held.put(new ResourceId(kind, "churn"), new AdmissionEntry.Form(first, file, blob, 0));
            }
            live = new Revision(repository.commit("break", broken));
            StoredConfig config = repository.git().getConfig();
            config.setBoolean("core", null, "bare", false);
            config.save();
            for (String file : sound.keySet()) {
                Files.writeString(clone.resolve(file), broken.getOrDefault(file, sound.get(file)));
            }
        }
        EndpointEntry endpoint = EndpointEntry.fresh("churn", "churn")
                .seen("churn", live, Optional.empty(), new TreeMap<>(), CLOCK.instant());
        LedgerView ledger = MemoryLedger.holding(
                        endpoint,
                        new AdmissionEntry(live, "tree", CLOCK.instant(), new TreeMap<>(), held, new TreeSet<>(), 2))
                .view();

        // As the loop would: the forms that are live are acted on, though neither the commit nor the clone has them.
        assertThat(live(clone, ledger)).containsExactly("train Training/churn");
        assertThat(notes).anySatisfy(note -> assertThat(note).startsWith("Training/churn would be held back"));

        Files.delete(clone.resolve("training.yaml"));
        Files.delete(clone.resolve("serving.yaml"));
        assertThat(live(clone, ledger)).containsExactly("train Training/churn");
        assertThat(notes).anySatisfy(note -> assertThat(note).contains("`Plumbline-Confirm: remove`"));
    }

    private List<String> live(Path clone, LedgerView ledger) throws Exception {
        notes.clear();
        return new LocalPlan(
                        new PlanOptions(clone, Optional.empty(), Optional.empty(), Optional.empty(), ""),
                        EmbeddedOpa.shipped(threads),
                        ledger,
                        CLOCK,
                        notes::add)
                .plan().actions().stream().map(LocalPlanTest::words).toList();
    }

    @Test
    void saysThatTheLastEndpointGoesOnlyWhenACommitConfirmsIt() throws Exception {
        Files.delete(folder.resolve("serving.yaml"));

        assertThat(actions(Optional.of("main"), Optional.empty())).isEmpty();
        assertThat(notes)
                .singleElement()
                .asString()
                .startsWith("Serving/churn would be held back: the revision would remove 1 of 4 resources")
                .contains("`Plumbline-Confirm: remove`");

        notes.clear();
        environment = Optional.of("staging");
        assertThat(actions(Optional.of("main"), Optional.empty())).isEmpty();
        assertThat(notes).singleElement().asString().contains("`Plumbline-Confirm: remove staging`");
    }

    @Test
    void aRenamedServingIsOneDeletedAndOneCreated() throws Exception {
        Files.writeString(folder.resolve("serving.yaml"), SERVING.replace("name: churn}", "name: churn-new}"));

        assertThat(actions(Optional.of("main"), Optional.empty()))
                .containsExactlyInAnyOrder("serve Serving/churn-new", "remove Serving/churn");
        assertThat(notes).isEmpty();
    }

    @Test
    void looksOnlyIntoTheFolderThatOneNames() throws Exception {
        Files.createDirectories(folder.resolve("staging"));
        Files.writeString(folder.resolve("staging/serving.yaml"), SERVING);

        assertThat(plan(folder, Optional.of("main"), Optional.empty(), "training/")
                        .actions())
                .isEmpty();
        assertThat(notes).isEmpty();
        assertThat(plan(folder, Optional.of("main"), Optional.empty(), "staging")
                        .actions())
                .isEmpty();
        assertThat(notes).singleElement().asString().contains("Serving/churn would be held back");
        assertThatThrownBy(() -> plan(folder, Optional.empty(), Optional.empty(), "../elsewhere"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("lies in the repository");
    }

    private List<String> actions(Optional<String> from, Optional<String> to) throws Exception {
        return plan(folder, from, to).actions().stream()
                .map(LocalPlanTest::words)
                .toList();
    }

    private static String words(Action action) {
        return action.name() + " " + action.resource();
    }

    private Plan plan(Path where, Optional<String> from, Optional<String> to) throws Exception {
        return plan(where, from, to, "");
    }

    private Plan plan(Path where, Optional<String> from, Optional<String> to, String root) throws Exception {
        return new LocalPlan(
                        new PlanOptions(where, from, to, environment, root),
                        EmbeddedOpa.shipped(threads),
                        LedgerState.empty(),
                        Clock.systemUTC(),
                        notes::add)
                .plan();
    }
}
