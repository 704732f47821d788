package dev.plumbline.reconciler.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.reconciler.source.git.GitSource;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.schemas.SpecReader;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevWalk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sixteen models, a dataset, a training, an endpoint and its watch: twenty resources, of which five are too many. */
final class MassRemovalTest {
    private static final String CONFIRM = "\n\nPlumbline-Confirm: remove\n";

    @TempDir
    Path folder;

    private final CatalogLoader loader = new CatalogLoader(new SpecReader());
    private TemporaryRepository repository;
    private Mirror mirror;
    private GitSource source;
    private RemovalConfirmations removals;
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
        for (int number = 1; number <= 15; number++) {
            files.put(file(number), Specs.MODEL_TEXT.replace("name: churn", "name: m" + number));
        }
        repository.commit("All", files);
        mirror = Mirror.open(folder.resolve("mirror.git"), Remote.local(repository.path()), GitCredentials.none());
        source = new GitSource(mirror, "main", "");
        of(Optional.empty());
        admit();
        assertThat(catalog.specs()).hasSize(20);
    }

    @AfterEach
    void stop() {
        mirror.close();
        repository.close();
    }

    private static String file(int number) {
        return "models/m" + number + ".yaml";
    }

    private static ResourceId model(int number) {
        return new ResourceId(Kind.MODEL, "m" + number);
    }

    /** As the control plane of this environment admits from now on. */
    private void of(Optional<String> environment) {
        removals = new RemovalConfirmations(source, new SpecReader(), environment);
    }

    private void admit() throws Exception {
        Snapshot snapshot = source.fetch().orElseThrow();
        catalog = removals.admit(snapshot, loader.load(snapshot), Map.of(), catalog);
    }

    private String remove(String message, int first, int last) {
        Map<String, Optional<byte[]>> changes = new LinkedHashMap<>();
        IntStream.rangeClosed(first, last).forEach(number -> changes.put(file(number), Optional.empty()));
        return repository.commit("main", message, changes);
    }

    private void heldBack(int... numbers) {
        for (int number : numbers) {
            assertThat(catalog.specs()).containsKey(model(number));
            assertThat(catalog.held().get(model(number)))
                    .satisfies(held -> assertThat(held.reason()).isEqualTo("MassRemoval"));
        }
        assertThat(catalog.held()).hasSize(numbers.length);
    }

    @Test
    void letsAFifthGo() throws Exception {
        remove("Four", 1, 4);
        admit();

        assertThat(catalog.specs()).hasSize(16);
        assertThat(catalog.held()).isEmpty();
    }

    @Test
    void letsThreeGoHoweverFewThereAre() throws Exception {
        for (int number = 1; number <= 12; number += 3) {
            remove("Three", number, number + 2);
            admit();
        }
        repository.remove("Three of the rest", file(13));
        repository.remove("Three of the rest", file(14));
        repository.remove("Three of the rest", file(15));
        admit();

        assertThat(catalog.specs()).hasSize(5);
    }

    @Test
    void holdsBackFourOfNineteenTheFewestThatAreTooMany() throws Exception {
        remove("One", 15, 15);
        admit();
        remove("Four", 1, 4);
        admit();

        heldBack(1, 2, 3, 4);
    }

    @Test
    void holdsBackMoreThanAFifthAndSaysHowManyAndWhatToDo() throws Exception {
        repository.commit("Another change", "dataset.yaml", Specs.DATASET_TEXT.replace("seed: 7", "seed: 8"));
        remove("Five", 1, 5);
        admit();

        heldBack(1, 2, 3, 4, 5);
        assertThat(catalog.held().values())
                .extracting(AdmittedCatalog.Held::message)
                .containsOnly(
                        "the revision would remove 5 of 20 resources (Model/m1, Model/m2, Model/m3 and 2 more). All"
                                + " of them stay as they were admitted last. If that is meant, push a commit with the trailer"
                                + " `Plumbline-Confirm: remove`, which may be empty; if not, bring their files back");
        assertThat(catalog.specs().get(Specs.DATASET))
                .satisfies(each -> assertThat(each.resource().digest())
                        .isEqualTo(Specs.resource("dataset.yaml", Specs.DATASET_TEXT.replace("seed: 7", "seed: 8"))
                                .digest()));
        admit();
        heldBack(1, 2, 3, 4, 5);
    }

    @Test
    void goesOnHoldingBackWhatIsFewOnlyBecauseOfWhatCameSince() throws Exception {
        remove("Five", 1, 5);
        admit();
        Map<String, String> more = new LinkedHashMap<>();
        for (int number = 16; number <= 30; number++) {
            more.put(file(number), Specs.MODEL_TEXT.replace("name: churn", "name: m" + number));
        }
        repository.commit("Many more", more);
        admit();
        repository.commit("Anything", "README.md", "read me");
        admit();
        heldBack(1, 2, 3, 4, 5);

        repository.commit("Meant" + CONFIRM, "README.md", "read me again");
        admit();
        assertThat(catalog.held()).isEmpty();
        assertThat(catalog.specs()).hasSize(30);
    }

    @Test
    void holdsBackTheLastEndpoint() throws Exception {
        repository.remove("No watch", "monitoring.yaml");
        repository.remove("No endpoint", "serving.yaml");
        admit();

        assertThat(catalog.held().get(Specs.SERVING))
                .satisfies(held -> assertThat(held.message()).contains("the last endpoint among them"));
        assertThat(catalog.specs()).containsKeys(Specs.SERVING, Specs.MONITORING);
    }

    @Test
    void aRenamedEndpointIsNotTheLastOne() throws Exception {
        repository.remove("No watch", "monitoring.yaml");
        repository.commit("Rename", "serving.yaml", Specs.SERVING_TEXT.replace("name: churn-api", "name: churn-v2"));
        admit();

        assertThat(catalog.held()).isEmpty();
        assertThat(catalog.specs())
                .containsKey(new ResourceId(Kind.SERVING, "churn-v2"))
                .doesNotContainKey(Specs.SERVING);
    }

    @Test
    void aCommitThatConfirmsItselfRemovesAtOnce() throws Exception {
        remove("Five" + CONFIRM, 1, 5);
        admit();

        assertThat(catalog.specs()).hasSize(15);
        assertThat(catalog.held()).isEmpty();
    }

    @Test
    void aLaterCommitConfirmsAlsoWhenMoreWasPushedBehindIt() throws Exception {
        remove("Five", 1, 5);
        admit();
        repository.commit("Yes" + CONFIRM, "README.md", "1");
        repository.commit("And more", "README.md", "2");
        admit();

        assertThat(catalog.specs()).hasSize(15);
    }

    @Test
    void yesterdaysYesIsNoneForWhatGoesToday() throws Exception {
        repository.commit("Yes" + CONFIRM, "README.md", "1");
        remove("Five", 1, 5);
        admit();

        heldBack(1, 2, 3, 4, 5);
    }

    @Test
    void aYesConfirmsOnlyWhatWasGoneByThen() throws Exception {
        remove("Five", 1, 5);
        admit();
        repository.commit("Yes" + CONFIRM, "README.md", "1");
        remove("Five more", 6, 10);
        admit();

        heldBack(6, 7, 8, 9, 10);
        assertThat(catalog.specs()).doesNotContainKey(model(1));
    }

    @Test
    void aYesOnASideBranchIsNone() throws Exception {
        String base = repository.head("main").orElseThrow();
        repository.rewind("side", base);
        repository.commit("side", "Yes" + CONFIRM, Map.of("NOTES", Optional.of(new byte[] {'1'})));
        remove("Five", 1, 5);
        merge("side");
        admit();

        heldBack(1, 2, 3, 4, 5);
    }

    /** Merges a branch into {@code main} without taking anything over. */
    private void merge(String branch) throws Exception {
        try (RevWalk walk = new RevWalk(repository.git());
                ObjectInserter inserter = repository.git().newObjectInserter()) {
            ObjectId main = ObjectId.fromString(repository.head("main").orElseThrow());
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(walk.parseCommit(main).getTree());
            commit.setParentIds(
                    List.of(main, ObjectId.fromString(repository.head(branch).orElseThrow())));
            PersonIdent person = walk.parseCommit(main).getAuthorIdent();
            commit.setAuthor(person);
            commit.setCommitter(person);
            commit.setMessage("Merge " + branch);
            ObjectId made = inserter.insert(commit);
            inserter.flush();
            repository.rewind("main", made.name());
        }
    }

    @Test
    void anotherTrailerOrAQuoteOfItConfirmsNothing() throws Exception {
        remove(
                "Five\n\nPlumbline-Confirm: remove\n\nis what nobody should write.\n\nPlumbline-Confirm: removed\n",
                1,
                5);
        admit();

        heldBack(1, 2, 3, 4, 5);
    }

    @Test
    void aYesForAnEnvironmentIsNoneForTheOneWithoutAName() throws Exception {
        remove("Five\n\nPlumbline-Confirm: remove staging\n", 1, 5);
        admit();

        heldBack(1, 2, 3, 4, 5);
    }

    @Test
    void anEnvironmentWithANameTakesItsOwnYesAlone() throws Exception {
        of(Optional.of("staging"));
        remove("Five" + CONFIRM, 1, 5);
        repository.commit("Not here\n\nPlumbline-Confirm: remove production\n", "README.md", "1");
        repository.commit("Nor here\n\nPlumbline-Confirm: remove staging-2\n", "README.md", "2");
        admit();

        heldBack(1, 2, 3, 4, 5);
        assertThat(catalog.held().values())
                .allSatisfy(held -> assertThat(held.message()).contains("`Plumbline-Confirm: remove staging`"));

        repository.commit(
                "Both\n\nPlumbline-Confirm: remove production\nPlumbline-Confirm: remove staging\n", "README.md", "3");
        admit();

        assertThat(catalog.specs()).hasSize(15);
        assertThat(catalog.held()).isEmpty();
    }

    @Test
    void filesThatComeBackEndIt() throws Exception {
        String commit = remove("Five", 1, 5);
        admit();
        repository.revert(commit);
        admit();

        assertThat(catalog.specs()).hasSize(20);
        assertThat(catalog.held()).isEmpty();
    }

    @Test
    void anEmptiedRepositoryKeepsEverything() throws Exception {
        Map<String, Optional<byte[]>> changes = new LinkedHashMap<>();
        repository.files("main").forEach(file -> changes.put(file, Optional.empty()));
        changes.put("README.md", Optional.of("empty".getBytes(StandardCharsets.UTF_8)));
        repository.commit("main", "Oops", changes);
        admit();

        assertThat(catalog.specs()).hasSize(20);
        assertThat(catalog.held()).hasSize(20);
    }
}
