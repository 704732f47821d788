package dev.plumbline.reconciler.plan;

import static dev.plumbline.reconciler.fixture.Records.V1;
import static dev.plumbline.reconciler.fixture.Records.V2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.fixture.MemoryLedger;
import dev.plumbline.reconciler.fixture.Records;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.Entry;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.runtime.EndpointConfiguration;
import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.runtime.RunId;
import dev.plumbline.runtime.RunInputs;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.VersionName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PlannerTest {
    private static final RunInputs RUN = Records.inputs(1);
    private static final VersionEntry FIRST = Records.version(V1, RUN);
    private static final VersionEntry SECOND = Records.version(V2, Records.inputs(2));

    private final Planner planner = new Planner();

    private static ActualState actual(RunInputs asked, Entry... entries) {
        return actual(asked, Map.of(), Map.of(), Set.of(), entries);
    }

    private static ActualState actual(
            RunInputs asked,
            Map<String, EndpointObservation> live,
            Map<ResourceId, RunId> running,
            Set<VersionName> lost,
            Entry... entries) {
        return new ActualState(
                MemoryLedger.holding(entries).view(), live, Map.of(Specs.TRAINING, asked.id()), running, lost);
    }

    /** The endpoint as the catalog wants it with this version. */
    private static Map<String, EndpointObservation> live(AdmittedCatalog catalog, Optional<VersionEntry> version) {
        Resource serving = catalog.resource(Specs.SERVING).orElseThrow();
        EndpointConfiguration configuration = WantedEndpoint.of(
                serving, version, catalog, MemoryLedger.holding().view());
        return Map.of("churn-api", new EndpointObservation(configuration, Optional.empty()));
    }

    private List<Action> training(ActualState actual) {
        return planner.plan(Specs.TRAINING, Specs.catalog("none"), actual).actions();
    }

    @Test
    void trainsARunThatNobodyTrainedYet() {
        assertThat(training(actual(RUN)))
                .containsExactly(new Action.Train(Specs.TRAINING, RUN.id(), 1, "no run has these inputs yet"));
    }

    @Test
    void plansNothingForATrainingWhoseDataCannotBeRead() {
        ActualState blind = new ActualState(MemoryLedger.holding().view(), Map.of(), Map.of(), Map.of(), Set.of());
        assertThat(training(blind)).isEmpty();
    }

    @Test
    void leavesARunningAttemptAlone() {
        assertThat(training(actual(RUN, Map.of(), Map.of(Specs.TRAINING, RUN.id()), Set.of())))
                .isEmpty();
    }

    @Test
    void waitsForAnotherTrainingsAttemptAtTheSameRun() {
        ResourceId twin = new ResourceId(Kind.TRAINING, "twin");
        assertThat(training(actual(RUN, Map.of(), Map.of(twin, RUN.id()), Set.of())))
                .isEmpty();
    }

    @Test
    void cancelsAnAttemptAtAnotherRunBeforeItTrains() {
        RunId other = Records.inputs(2).id();
        assertThat(training(actual(RUN, Map.of(), Map.of(Specs.TRAINING, other), Set.of())))
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(Action.Cancel.class),
                        second -> assertThat(second).isInstanceOf(Action.Train.class));
    }

    @ParameterizedTest
    @EnumSource(
            value = RunStatus.class,
            names = {"QUEUED", "RUNNING", "CANCELLED", "FAILED"})
    void triesAgainWhatDidNotEndWell(RunStatus status) {
        assertThat(training(actual(RUN, Records.run(RUN, status, Optional.empty()))))
                .singleElement()
                .isInstanceOfSatisfying(Action.Train.class, train -> {
                    assertThat(train.attempt()).isEqualTo(2);
                    assertThat(train.run()).isEqualTo(RUN.id());
                });
    }

    @Test
    void doesNotTryAgainWhatWouldFailAgain() {
        assertThat(training(actual(RUN, Records.run(RUN, RunStatus.FAILED, Optional.empty(), true))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = RunStatus.class,
            names = {"QUEUED", "RUNNING", "SUCCEEDED", "CANCELLED", "FAILED"})
    void registersWhatIsTrainedWhateverBecameOfALaterAttempt(RunStatus status) {
        assertThat(training(actual(RUN, Records.run(RUN, status, Optional.of(Records.trained(RUN))))))
                .containsExactly(new Action.Register(
                        Specs.TRAINING, RUN.id(), "it was trained and is not a version of churn yet"));
    }

    @Test
    void asksAgainAboutARefusedRunOnlyWhenItsTrainingHasChanged() {
        Entry refused = Records.run(RUN, RunStatus.REFUSED, Optional.of(Records.trained(RUN)));
        assertThat(training(actual(RUN, refused))).isEmpty();

        AdmittedCatalog lowered = Specs.catalog(List.of(Specs.TRAINING_TEXT.replace("min: 0.6", "min: 0.5")));
        assertThat(planner.plan(Specs.TRAINING, lowered, actual(RUN, refused)).actions())
                .singleElement()
                .isInstanceOf(Action.Register.class);
    }

    @Test
    void trainsNoVersionAgainThoughItsRunIsNoLongerHeldWhole() {
        assertThat(training(actual(RUN, FIRST))).isEmpty();
    }

    @Test
    void trainsAgainForALostArtifact() {
        Entry succeeded = Records.run(RUN, RunStatus.SUCCEEDED, Optional.of(Records.trained(RUN)));
        assertThat(training(actual(RUN, Map.of(), Map.of(), Set.of(V1), FIRST, succeeded)))
                .containsExactly(new Action.Train(
                        Specs.TRAINING, RUN.id(), 2, "the artifact of churn/v1 is no longer stored whole"));
        assertThat(training(actual(RUN, Map.of(), Map.of(), Set.of(V1), FIRST)))
                .singleElement()
                .isInstanceOf(Action.Train.class);
    }

    @Test
    void stopsWhenALostArtifactCannotBeMadeAgain() {
        Entry failed = Records.run(RUN, RunStatus.FAILED, Optional.of(Records.trained(RUN)), true);
        assertThat(training(actual(RUN, Map.of(), Map.of(), Set.of(V1), FIRST, failed)))
                .isEmpty();
        assertThat(training(actual(RUN, FIRST, failed))).singleElement().isInstanceOf(Action.Register.class);
    }

    @Test
    void endsTheAttemptOfATrainingThatIsGone() {
        AdmittedCatalog without = Specs.catalog(List.of(Specs.MODEL_TEXT));
        assertThat(planner.plan(
                                Specs.TRAINING,
                                without,
                                actual(RUN, Map.of(), Map.of(Specs.TRAINING, RUN.id()), Set.of()))
                        .actions())
                .containsExactly(new Action.Cancel(Specs.TRAINING, RUN.id(), "its Training spec is gone"));
        assertThat(planner.plan(Specs.TRAINING, without, actual(RUN)).isEmpty()).isTrue();
    }

    @Test
    void makesAnEndpointThatDoesNotExistAlsoForNoVersion() {
        assertThat(serving("none", actual(RUN)))
                .containsExactly(new Action.Serve(
                        Specs.SERVING, Optional.empty(), Optional.empty(), "the endpoint does not exist"));
    }

    private List<Action> serving(String version, ActualState actual) {
        return planner.plan(Specs.SERVING, Specs.catalog(version), actual).actions();
    }

    @Test
    void isContentWithAnEndpointAsItShouldBe() {
        assertThat(serving(
                        "v1",
                        actual(
                                RUN,
                                live(Specs.catalog("v1"), Optional.of(FIRST)),
                                Map.of(),
                                Set.of(),
                                FIRST,
                                Records.endpoint(Optional.of(FIRST)))))
                .isEmpty();
    }

    @Test
    void movesAnEndpointToWhatItsSpecNames() {
        assertThat(serving(
                        "v1",
                        actual(
                                RUN,
                                live(Specs.catalog("none"), Optional.empty()),
                                Map.of(),
                                Set.of(),
                                FIRST,
                                Records.endpoint(Optional.empty()))))
                .containsExactly(new Action.Serve(
                        Specs.SERVING,
                        Optional.of(V1),
                        Optional.of(FIRST.digest()),
                        "the spec names v1, and nothing serves"));
    }

    @Test
    void appliesSettingsAndEndsAWatchThatNobodyAsksFor() {
        EndpointEntry endpoint = Records.endpoint(Optional.of(FIRST));
        Map<String, EndpointObservation> live = live(Specs.catalog("v1"), Optional.of(FIRST));
        AdmittedCatalog smaller =
                Specs.catalog(List.of(Specs.serving("v1") + "  limits: {queue: 1}\n", Specs.MONITORING_TEXT));
        assertThat(planner.plan(Specs.SERVING, smaller, actual(RUN, live, Map.of(), Set.of(), FIRST, endpoint))
                        .actions())
                .singleElement()
                .extracting(Action::reason)
                .isEqualTo("the endpoint's settings have changed");
        AdmittedCatalog unwatched = Specs.catalog(List.of(Specs.serving("v1")));
        assertThat(planner.plan(Specs.SERVING, unwatched, actual(RUN, live, Map.of(), Set.of(), FIRST, endpoint))
                        .actions())
                .singleElement()
                .extracting(Action::reason)
                .isEqualTo("no Monitoring asks to watch the endpoint any more");
    }

    @Test
    void recordsWhatAnAdoptedEndpointServes() {
        assertThat(serving("v1", actual(RUN, live(Specs.catalog("v1"), Optional.of(FIRST)), Map.of(), Set.of(), FIRST)))
                .singleElement()
                .extracting(Action::reason)
                .isEqualTo("the ledger does not say yet what serves");
    }

    @Test
    void leavesAnEndpointAloneWhoseSpecNamesAnUnknownVersion() {
        assertThat(serving("v9", actual(RUN, FIRST))).isEmpty();
    }

    @Test
    void deploysNoLostArtifactAndPromotesNone() {
        assertThat(serving("v1", actual(RUN, Map.of(), Map.of(), Set.of(V1), FIRST)))
                .isEmpty();
        assertThat(serving("none", actual(RUN, Map.of(), Map.of(), Set.of(V1), FIRST)))
                .singleElement()
                .isInstanceOf(Action.Serve.class);
    }

    @Test
    void promotesTheCandidateAndNotTheHighestNumber() {
        assertThat(promotion("v2", Records.endpoint(Optional.of(SECOND))))
                .isEqualTo(new Action.Promote(
                        Specs.SERVING,
                        Optional.of(V2),
                        V1,
                        false,
                        "v1 is what the current specs ask for, and the spec names v2"));
    }

    private Action promotion(String named, EndpointEntry endpoint) {
        return serving(named, actual(RUN, FIRST, SECOND, endpoint)).getLast();
    }

    @Test
    void callsARollbackWhatServedBefore() {
        assertThat(promotion("none", Records.endpoint(Optional.of(FIRST))))
                .isInstanceOfSatisfying(
                        Action.Promote.class,
                        promote -> assertThat(promote.name()).isEqualTo("rollback"));
    }

    @Test
    void promotesNothingThatIsHeldBackOrWaitsOrIsManual() {
        EndpointEntry fresh = Records.endpoint(Optional.empty());
        assertThat(promotion("none", Records.heldBack(fresh, V1))).isInstanceOf(Action.Serve.class);
        assertThat(promotion("none", fresh.with(Records.intent(V1, "aside", Optional.of("b"), Optional.empty()))))
                .isInstanceOf(Action.Serve.class);
        assertThat(promotion("none", fresh.with(Records.intent(V2, "aside", Optional.of("b"), Optional.empty()))))
                .isInstanceOf(Action.Promote.class);
        AdmittedCatalog manual = Specs.catalog(
                List.of(Specs.TRAINING_TEXT, Specs.serving("none").replace("mode: commit", "mode: manual")));
        assertThat(planner.plan(Specs.SERVING, manual, actual(RUN, FIRST, fresh))
                        .actions())
                .singleElement()
                .isInstanceOf(Action.Serve.class);
    }

    @Test
    void removesAnEndpointThatNoSpecAsksFor() {
        AdmittedCatalog without = Specs.catalog(List.of(Specs.MODEL_TEXT));
        Action remove = new Action.Remove(Specs.SERVING, "no spec asks for this endpoint any more");
        assertThat(planner.plan(without, actual(RUN, Records.endpoint(Optional.empty())))
                        .actions())
                .containsExactly(remove);
        assertThat(planner.plan(without, actual(RUN, live(Specs.catalog("none"), Optional.empty()), Map.of(), Set.of()))
                        .actions())
                .containsExactly(remove);
        assertThat(planner.plan(Specs.SERVING, without, actual(RUN)).isEmpty()).isTrue();
    }

    @Test
    void removesNothingThatIsOnlyHeldBack() {
        TreeMap<ResourceId, AdmittedCatalog.Held> held = new TreeMap<>(
                Map.of(Specs.SERVING, new AdmittedCatalog.Held("Invalid", "it is broken", "serving.yaml")));
        AdmittedCatalog broken = new AdmittedCatalog(Optional.of(Specs.revision("head")), new TreeMap<>(), held);
        assertThat(planner.plan(broken, actual(RUN, Records.endpoint(Optional.of(FIRST))))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void watchesAnEndpointOverTheWindowThatIsAskedFor() {
        AdmittedCatalog unwatched = Specs.catalog(List.of(Specs.serving("none")));
        ActualState live = actual(RUN, live(unwatched, Optional.empty()), Map.of(), Set.of());
        assertThat(planner.plan(Specs.MONITORING, Specs.catalog("none"), live).actions())
                .containsExactly(new Action.Watch(
                        Specs.MONITORING,
                        "churn-api",
                        Duration.ofHours(1),
                        "the endpoint is not watched over this window"));
        assertThat(planner.plan(Specs.MONITORING, Specs.catalog("none"), actual(RUN))
                        .isEmpty())
                .isTrue();
        assertThat(planner.plan(
                                Specs.MONITORING,
                                Specs.catalog("none"),
                                actual(RUN, live(Specs.catalog("none"), Optional.empty()), Map.of(), Set.of()))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void givesTheSamePlanForTheSameStateInTheOrderOfKinds() {
        Plan plan = planner.plan(Specs.catalog("none"), actual(RUN));
        assertThat(plan.actions()).extracting(Action::name).containsExactly("train", "serve");
        assertThat(plan).isEqualTo(planner.plan(Specs.catalog("none"), actual(RUN)));
        assertThat(plan.only(Specs.SERVING).actions()).extracting(Action::name).containsExactly("serve");
        assertThat(plan.to()).isEqualTo(Specs.revision("head").id());
    }

    @Test
    void isDigestedByItsActionsAlone() {
        Plan plan = planner.plan(Specs.catalog("none"), actual(RUN));
        assertThat(plan.digest()).isEqualTo(new Plan("elsewhere", "there", plan.actions()).digest());
        assertThat(plan.digest()).isNotEqualTo(plan.only(Specs.SERVING).digest());
        assertThat(plan.json().toString())
                .isEqualTo("{\"from\":\"live\",\"to\":\"" + plan.to() + "\",\"digest\":\"" + plan.digest()
                        + "\",\"actions\":[{\"action\":\"train\",\"resource\":\"Training/churn\",\"reason\":\"no run"
                        + " has these inputs"
                        + " yet\"},{\"action\":\"serve\",\"resource\":\"Serving/churn-api\",\"reason\":\"the endpoint"
                        + " does not exist\"}]}");
    }
}
