package dev.plumbline.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.schemas.catalog.CatalogReading;
import dev.plumbline.schemas.catalog.Declaration;
import dev.plumbline.schemas.catalog.FileContents;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.MonitoringSpec;
import dev.plumbline.schemas.model.PromotionMode;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.RiskTier;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.SplitStrategy;
import dev.plumbline.schemas.model.TrainingSpec;
import dev.plumbline.schemas.model.UnknownCategory;
import dev.plumbline.schemas.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpecReaderTest {
    private static final String HEAD = "apiVersion: plumbline.dev/v1\n";
    private static final ResourceId MODEL = new ResourceId(Kind.MODEL, "churn");
    private static final ResourceId TRAINING = new ResourceId(Kind.TRAINING, "churn");
    private static final ResourceId SERVING = new ResourceId(Kind.SERVING, "api");

    private final SpecReader reader = new SpecReader();

    @Test
    void fillsInTheDefaultsOfTheSchema() {
        Declaration model = only("kind: Model\nmetadata: {name: churn}\nspec: {task: regression}");
        assertThat(((ModelSpec) model.resource().spec()).riskTier()).isEqualTo(RiskTier.LOW);

        DatasetSpec dataset = (DatasetSpec) only("kind: Dataset\nmetadata: {name: d}\nspec: {source: {path: a.csv},"
                        + " label: y, schema: {y: {type: category}, x: {type: number}}}")
                .resource()
                .spec();
        assertThat(dataset.source().header()).isTrue();
        assertThat(dataset.source().missing()).containsExactly("", "NA");
        assertThat(dataset.split().strategy()).isEqualTo(SplitStrategy.STRATIFIED);
        assertThat(dataset.split().test()).isEqualTo(0.2);
        assertThat(dataset.schema().values()).allMatch(column -> column.unknown() == UnknownCategory.BUCKET);
        assertThat(dataset.features()).containsExactly("x");

        TrainingSpec training = (TrainingSpec) only("kind: Training\nmetadata: {name: t}\nspec: {model: m, dataset: d,"
                        + " trainer: {algorithm: xgboost, parameters: {eta: 0.3}}}")
                .resource()
                .spec();
        assertThat(training.maxDuration()).isEqualTo(Duration.ofHours(1));
        assertThat(training.resources().memoryBytes()).isEqualTo(1L << 30);
        assertThat(training.trainer().parameters())
                .containsEntry("eta", 0.3)
                .containsEntry("rounds", 200.0)
                .containsOnlyKeys("rounds", "eta", "maxDepth", "subsample", "minChildWeight", "lambda", "gamma");

        ServingSpec serving = (ServingSpec) only("kind: Serving\nmetadata: {name: s}\nspec: {model: m}")
                .resource()
                .spec();
        assertThat(serving.version()).isEqualTo("none");
        assertThat(serving.promotion())
                .isEqualTo(new ServingSpec.Promotion(PromotionMode.COMMIT, Optional.empty(), 0.01));
        assertThat(serving.limits()).isEqualTo(new ServingSpec.Limits(1024, Duration.ofSeconds(10), 10_000));

        MonitoringSpec monitoring = (MonitoringSpec) only("kind: Monitoring\nmetadata: {name: s}\nspec: {serving: s}")
                .resource()
                .spec();
        assertThat(monitoring.window()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void digestsWhatASpecSaysAndNotHowItIsWritten() {
        Declaration shortForm = only("kind: Model\nmetadata: {name: churn}\nspec: {task: regression} # why");
        Declaration longForm =
                only("kind: Model\nspec:\n  sensitive: []\n  \"riskTier\": 'low'\n  task: >-\n   regression\n"
                        + "metadata: {labels: {}, name: churn}");
        Declaration other = only("kind: Model\nmetadata: {name: churn}\nspec: {task: regression, riskTier: high}");
        assertThat(longForm.resource().digest()).isEqualTo(shortForm.resource().digest());
        assertThat(longForm.resource().digest()).isEqualTo(Json.digest(longForm.json()));
        assertThat(other.resource().digest()).isNotEqualTo(shortForm.resource().digest());
    }

    @Test
    void takesClassesAsTheFileSpellsThem() {
        DatasetSpec dataset = (DatasetSpec) only("kind: Dataset\nmetadata: {name: d}\nspec: {source: {path: a.csv,"
                        + " missing: [-1, +1.50]}, label: y, positive: True, schema: {y: {type: category, values: [True,"
                        + " FALSE]}, x: {type: category, values: [1, 2.50, \"3\"]}}}")
                .resource()
                .spec();
        assertThat(dataset.positive()).contains("True");
        assertThat(dataset.source().missing()).containsExactly("-1", "+1.50");
    }

    @Test
    void tellsWhoseProblemItIsWhenKindAndNameCanBeRead() {
        FileContents contents = read(
                "a.yaml",
                HEAD + "kind: Serving\nmetadata: {name: api}\nspec: {model: churn, version: [\n---\n" + HEAD
                        + "kind: Model\nmetadata: {name: churn}\nspec: {task: guess}\n---\n" + HEAD + "kind: {\n");
        assertThat(contents.named()).containsExactlyInAnyOrder(SERVING, MODEL);
        assertThat(contents.declarations()).isEmpty();
        assertThat(contents.problems())
                .extracting(Problem::resource)
                .containsExactly(Optional.of(SERVING), Optional.of(MODEL), Optional.empty());
        assertThat(contents.unreadable()).isTrue();
    }

    @Test
    void holdsBackOnlyWhatIsWrongAndNamesItsDependents() {
        FileContents good = read("good.yaml", HEAD + "kind: Model\nmetadata: {name: churn}\nspec: {task: regression}");
        FileContents bad = read("bad.yaml", HEAD + "kind: Training\nmetadata: {name: churn}\nspec: {}");
        FileContents serving = read(
                "s.yaml",
                HEAD + "kind: Serving\nmetadata: {name: api}\nspec: {model: churn}\n---\n" + HEAD
                        + "kind: Monitoring\nmetadata: {name: m}\nspec: {serving: api}");
        CatalogReading reading = assemble(good, bad, serving);
        assertThat(reading.valid()).isFalse();
        assertThat(reading.rejected()).containsExactly(TRAINING);
        assertThat(reading.catalog().ids()).containsExactly(MODEL, SERVING, new ResourceId(Kind.MONITORING, "m"));
        assertThat(reading.catalog().graph().allDependents(List.of(MODEL)))
                .containsExactly(SERVING, new ResourceId(Kind.MONITORING, "m"));
        assertThat(reading.catalog().graph().order()).startsWith(MODEL);
    }

    @Test
    void doesNotCallABrokenSpecMissing() {
        FileContents broken = read("m.yaml", HEAD + "kind: Model\nmetadata: {name: churn}\nspec: {task: guess}");
        FileContents serving = read("s.yaml", HEAD + "kind: Serving\nmetadata: {name: api}\nspec: {model: churn}");
        assertThat(assemble(broken, serving).problems())
                .extracting(Problem::code)
                .containsExactly("not-allowed");
    }

    @Test
    void sharesTheResourcesOfUnchangedFiles() {
        FileContents same = read("good.yaml", HEAD + "kind: Model\nmetadata: {name: churn}\nspec: {task: regression}");
        CatalogReading before = assemble(same);
        CatalogReading after =
                assemble(same, read("s.yaml", HEAD + "kind: Serving\nmetadata: {name: api}\nspec: {model: churn}"));
        assertThat(after.catalog().find(MODEL).orElseThrow())
                .isSameAs(before.catalog().find(MODEL).orElseThrow());
        assertThat(after.catalog().without(List.of(SERVING))).isEqualTo(before.catalog());
        assertThat(before.catalog().with(after.catalog().find(SERVING).orElseThrow()))
                .isEqualTo(after.catalog());
    }

    private Declaration only(String document) {
        FileContents contents = read("file.yaml", HEAD + document);
        assertThat(contents.problems()).isEmpty();
        return contents.declarations().getFirst();
    }

    private FileContents read(String file, String text) {
        return reader.read(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private CatalogReading assemble(FileContents... files) {
        return reader.assemble(List.of(files), (path, length) -> Optional.of(new byte[0]));
    }
}
