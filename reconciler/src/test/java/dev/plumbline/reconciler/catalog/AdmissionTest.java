package dev.plumbline.reconciler.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.reconciler.source.git.GitSource;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.schemas.SpecReader;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdmissionTest {
    @TempDir
    Path folder;

    private final CatalogLoader loader = new CatalogLoader(new SpecReader());
    private TemporaryRepository repository;
    private Mirror mirror;
    private GitSource source;
    private AdmittedCatalog catalog = AdmittedCatalog.EMPTY;

    @BeforeEach
    void start() throws Exception {
        repository = TemporaryRepository.create(folder.resolve("origin.git"), MutableClock.started());
        Map<String, String> files = new LinkedHashMap<>();
        files.put("model.yaml", Specs.MODEL_TEXT);
        files.put("dataset.yaml", Specs.DATASET_TEXT);
        files.put("training.yaml", Specs.TRAINING_TEXT);
        files.put("serving.yaml", Specs.SERVING_TEXT);
        files.put("monitoring.yaml", Specs.MONITORING_TEXT);
        files.put("data/churn.csv", Specs.DATA);
        repository.commit("All", files);
        mirror = Mirror.open(folder.resolve("mirror.git"), Remote.local(repository.path()), GitCredentials.none());
        source = new GitSource(mirror, "main", "");
    }

    @AfterEach
    void stop() {
        mirror.close();
        repository.close();
    }

    private void admit() throws Exception {
        admit(Map.of());
    }

    private void admit(Map<ResourceId, String> denied) throws Exception {
        Snapshot snapshot = source.fetch().orElseThrow();
        catalog = Admission.of(
                snapshot, loader.load(snapshot), denied, catalog, Set.of(), RemovalTrailer.of(Optional.empty()));
    }

    private AdmittedCatalog.Held held(ResourceId id) {
        return Objects.requireNonNull(catalog.held().get(id));
    }

    private String reason(ResourceId id) {
        return held(id).reason();
    }

    @Test
    void admitsWhatIsSoundAtItsPlaceInTheRevision() throws Exception {
        admit();
        assertThat(catalog.held()).isEmpty();
        assertThat(catalog.specs()).hasSize(5);
        assertThat(Objects.requireNonNull(catalog.specs().get(Specs.SERVING)).form())
                .satisfies(form -> {
                    assertThat(form.revision().id())
                            .isEqualTo(repository.head("main").orElseThrow());
                    assertThat(form.file()).isEqualTo("serving.yaml");
                    assertThat(form.document()).isZero();
                });
        assertThat(catalog.trainingOf("churn").orElseThrow().id()).isEqualTo(Specs.TRAINING);
        assertThat(catalog.servingsOf("churn")).hasSize(1);
        assertThat(catalog.trainingsOn("telco")).hasSize(1);
        assertThat(catalog.monitoringOf("churn-api")).isPresent();
        assertThat(catalog.dataset("telco")).isPresent();
        assertThat(catalog.model("nothing")).isEmpty();
    }

    @Test
    void keepsABrokenSpecAndWhatDependsOnItAtTheirLastForm() throws Exception {
        admit();
        AdmittedCatalog before = catalog;
        Map<String, String> files = new LinkedHashMap<>();
        files.put("dataset.yaml", Specs.DATASET_TEXT.replace("label:", "lable:"));
        files.put("training.yaml", Specs.training(2));
        files.put("serving.yaml", Specs.SERVING_TEXT + "  limits: {queue: 3}\n");
        repository.commit("Broken", files);
        admit();

        assertThat(reason(Specs.DATASET)).isEqualTo("Invalid");
        assertThat(held(Specs.DATASET).message()).startsWith("dataset.yaml:");
        assertThat(reason(Specs.TRAINING)).isEqualTo("DependencyHeldBack");
        assertThat(catalog.specs().get(Specs.DATASET)).isEqualTo(before.specs().get(Specs.DATASET));
        assertThat(catalog.specs().get(Specs.TRAINING)).isEqualTo(before.specs().get(Specs.TRAINING));
        assertThat(catalog.specs().get(Specs.SERVING))
                .isNotEqualTo(before.specs().get(Specs.SERVING));
    }

    @Test
    void doesNotActOnABrokenSpecThatWasNeverAdmitted() throws Exception {
        repository.commit("Broken", "model.yaml", Specs.MODEL_TEXT.replace("low", "lowest"));
        admit();
        assertThat(catalog.specs()).containsOnlyKeys(Specs.DATASET);
        assertThat(catalog.held()).containsOnlyKeys(Specs.MODEL, Specs.TRAINING, Specs.SERVING, Specs.MONITORING);
    }

    @Test
    void keepsWhatAnUnreadableFileDeclaredBefore() throws Exception {
        admit();
        repository.commit("Broken", "serving.yaml", "kind: [");
        admit();
        assertThat(reason(Specs.SERVING)).isEqualTo("Unreadable");
        assertThat(catalog.specs()).containsKey(Specs.SERVING);
        admit();
        assertThat(reason(Specs.SERVING)).isEqualTo("Unreadable");
        assertThat(catalog.specs()).containsKey(Specs.SERVING);
    }

    @Test
    void aSpecThatBecameALinkStaysAsItWasAndSaysSo() throws Exception {
        admit();
        repository.remove("Away", "serving.yaml");
        repository.link("A link", "serving.yaml", "/etc/passwd");
        admit();

        assertThat(reason(Specs.SERVING)).isEqualTo("Unreadable");
        assertThat(loader.load(source.fetch().orElseThrow()).problems())
                .anySatisfy(problem ->
                        assertThat(problem.message()).contains("is a symbolic link, which is never followed"));
    }

    @Test
    void namesThreeOfThoseThatStillReferToWhatWasRemoved() throws Exception {
        for (int number = 2; number <= 5; number++) {
            repository.commit(
                    "One more",
                    "training" + number + ".yaml",
                    Specs.MODEL_TEXT.replace("name: churn", "name: churn" + number) + "---\n"
                            + Specs.TRAINING_TEXT
                                    .replace("name: churn", "name: churn" + number)
                                    .replace("model: churn", "model: churn" + number));
        }
        admit();
        repository.remove("Too early", "dataset.yaml");
        admit();

        assertThat(held(Specs.DATASET).message())
                .isEqualTo(
                        "it was removed while Training/churn, Training/churn2, Training/churn3 and 2 more still refer to"
                                + " it: remove or change those first");
    }

    @Test
    void keepsARemovedSpecThatOthersStillName() throws Exception {
        admit();
        repository.commit("Held", "training.yaml", Specs.TRAINING_TEXT.replace("seed: 1", "seed: x"));
        repository.remove("Too early", "dataset.yaml");
        admit();
        assertThat(reason(Specs.DATASET)).isEqualTo("StillReferenced");
        assertThat(held(Specs.DATASET).message())
                .isEqualTo(
                        "it was removed while " + Specs.TRAINING + " still refers to it: remove or change that first");
        assertThat(catalog.specs()).containsKeys(Specs.DATASET, Specs.TRAINING);

        repository.remove("Now", "training.yaml");
        admit();
        assertThat(catalog.specs()).doesNotContainKeys(Specs.DATASET, Specs.TRAINING);
        assertThat(catalog.held()).isEmpty();
    }

    @Test
    void holdsBackWhatPolicyDeniesInItsWords() throws Exception {
        admit();
        repository.commit("No owner", "model.yaml", Specs.MODEL_TEXT.replace(", owner: ds-team@example.com", ""));
        admit(Map.of(Specs.MODEL, "nobody owns it"));
        assertThat(held(Specs.MODEL).message()).isEqualTo("nobody owns it");
        assertThat(reason(Specs.MODEL)).isEqualTo("AdmissionDenied");
        assertThat(catalog.resource(Specs.MODEL).orElseThrow().metadata().owner())
                .isPresent();
        assertThat(reason(Specs.SERVING)).isEqualTo("DependencyHeldBack");
    }

    @Test
    void readsTheNamedVersionOfAnEarlierRevision() throws Exception {
        var then = source.fetch().orElseThrow().revision();
        RevisionSpecs past = new RevisionSpecs(source, new SpecReader());
        assertThat(past.dataset("telco", then)).isPresent();
        assertThat(past.dataset("other", then)).isEmpty();
        assertThat(past.dataset("telco", Specs.revision("unknown"))).isEmpty();
    }
}
