package dev.plumbline.reconciler.property;

import dev.plumbline.reconciler.control.FakeComparisons;
import dev.plumbline.reconciler.control.FakeDatasets;
import dev.plumbline.reconciler.control.FakeEndpoints;
import dev.plumbline.reconciler.control.FakeTrainer;
import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.ledger.git.LedgerSettings;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.VersionName;
import dev.plumbline.testkit.MutableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** A repository, the people who push to it, a data plane, a trainer, and one control plane between them. */
final class World implements AutoCloseable {
    private static final String MAIN = "main";
    private static final Duration HOUR = Duration.ofHours(1);

    private final Path folder;
    private final MutableClock clock = MutableClock.started();
    private final Origin origin;
    private final FolderArtifacts artifacts;
    private final FakeTrainer trainer;
    private final FakeEndpoints endpoints = new FakeEndpoints();
    private final Assembly.Surroundings surroundings;
    private final Set<Digest> lost = new HashSet<>();
    private final Set<String> lostEndpoints = new HashSet<>();
    private final Witness witness = new Witness();
    private final String first;
    private int states = 1;
    private boolean takeOver;
    private Optional<Station> station = Optional.empty();

    World(Path folder) throws Exception {
        this.folder = folder;
        origin = new Origin(folder, clock);
        first = origin.head().orElseThrow();
        artifacts = new FolderArtifacts(folder.resolve("artifacts"));
        trainer = new FakeTrainer(artifacts);
        surroundings = new Assembly.Surroundings(
                clock,
                new FakeDatasets(),
                trainer,
                new FakeComparisons(artifacts),
                artifacts,
                endpoints,
                new WillingPolicy());
        start();
    }

    Origin origin() {
        return origin;
    }

    FolderArtifacts artifacts() {
        return artifacts;
    }

    FakeTrainer trainer() {
        return trainer;
    }

    FakeEndpoints endpoints() {
        return endpoints;
    }

    /** What the world lost, and nobody is to be blamed for. */
    Set<Digest> lost() {
        return lost;
    }

    Set<String> lostEndpoints() {
        return lostEndpoints;
    }

    Optional<Station> station() {
        return station;
    }

    /** Does the step, and lets the control plane get so far. */
    void step(Step step) throws Exception {
        start();
        RandomGenerator random = new SplittableRandom(step.seed());
        act(step, random);
        ring();
        witness.look(this);
        turns(step.turns(), true, random);
    }

    private void ring() {
        if (origin.heard() && origin.present()) {
            station.ifPresent(Station::ring);
        }
    }

    private void turns(int most, boolean looks, RandomGenerator random) throws Exception {
        for (int turn = 0; turn < most && station.isPresent(); turn++) {
            if (!station.get().turn(random, looks)) {
                return;
            }
            witness.look(this);
        }
        if (most == Step.ALL) {
            throw new AssertionError("it does not come to rest within " + most + " turns");
        }
    }

    private void act(Step step, RandomGenerator random) throws Exception {
        String model = Texts.MODELS.get(step.which() % Texts.MODELS.size());
        int how = step.how();
        switch (step.deed()) {
            case TRAIN -> origin.change(Texts.training(model), text -> seeded(text, 1 + how % 4));
            case SETTLE -> origin.change(Texts.serving(model), text -> Texts.limited(text, 1 + how));
            case BREAK -> origin.change(file(model, how), text -> Texts.broken(text, how / 3));
            case MEND -> origin.change(file(model, how), Texts::mended);
            case ADD -> origin.add(model);
            case REMOVE -> origin.remove(model, false);
            case REMOVE_SERVING -> origin.remove(model, true);
            case REVERT -> origin.revert(how % 5);
            case REWIND -> rewind(model, how);
            case DELETE_MAIN -> origin.delete(MAIN);
            case RESTORE_MAIN -> restoreMain();
            case ACCEPT -> accept();
            case DELETE_LEDGER -> origin.delete(LedgerSettings.BRANCH);
            case REMOTE_AWAY -> origin.leave();
            case REMOTE_UNHEARD -> origin.silence();
            case REMOTE_BACK -> origin.comeBack();
            case RESTART -> restart();
            case CRASH -> crash();
            case LOSE_STATE -> loseState(how % 2 == 0);
            case PROMOTE -> write(model, false, Optional.of(1 + how % 4));
            case ROLL_BACK -> write(model, true, how % 2 == 0 ? Optional.empty() : Optional.of(1 + how % 4));
            case NAME -> origin.change(Texts.serving(model), text -> Texts.naming(text, named(how)));
            case FAIL_TRAINING -> trainer.failNext("Crashed", false);
            case HOLD_TRAINING -> trainer.hold();
            case RELEASE_TRAINING -> trainer.release();
            case SILENCE -> endpoints.silent(true);
            case SPEAK -> endpoints.silent(false);
            case LOSE_ENDPOINT -> loseEndpoint(Texts.endpoint(model));
            case LOSE_ARTIFACT -> loseArtifact(model, how);
            case LOSE_STORE -> loseStore(model, how, random);
            case LEAVE_NOTE -> leaveNote(how);
            case ELAPSE -> elapse(Duration.ofSeconds(1L + (long) how * how));
            case JUMP -> clock.jump(how % 2 == 0 ? HOUR : HOUR.negated());
        }
    }

    private static String file(String model, int how) {
        return switch (how % 3) {
            case 0 -> Texts.training(model);
            case 1 -> Texts.serving(model);
            default -> Texts.model(model);
        };
    }

    private static String seeded(String training, int seed) {
        return training.replaceAll("seed: \\d+\\}", "seed: " + seed + "}");
    }

    private static String named(int how) {
        return how % 10 == 9 ? "v99" : how % 5 == 0 ? "none" : "v" + how % 5;
    }

    private void elapse(Duration time) {
        clock.advance(time);
    }

    private void rewind(String model, int how) {
        origin.rewind(1 + how % 4);
        if (how % 2 == 0) {
            origin.change(Texts.serving(model), text -> Texts.limited(text, 100 + how));
        }
    }

    private void restoreMain() throws Exception {
        origin.set(witness.accepted().orElse(first));
    }

    private void accept() throws Exception {
        Optional<String> head = origin.head();
        if (station.isEmpty() || head.isEmpty()) {
            return;
        }
        try {
            station.get().operations().acceptHistory(new Revision(head.get()), "Ada", "it was meant");
            witness.excuse();
        } catch (Operations.Refused nothingToAccept) {
            witness.note("accept-history: " + nothingToAccept.getMessage());
        }
    }

    private void write(String model, boolean rollback, Optional<Integer> number) throws Exception {
        if (station.isEmpty()) {
            return;
        }
        try {
            station.get()
                    .operations()
                    .write(new Operations.Change(
                            Texts.endpoint(model),
                            rollback,
                            number.map(each -> new VersionName(model, each)),
                            "Ada",
                            Optional.empty()));
        } catch (Operations.Refused refused) {
            witness.note((rollback ? "rollback: " : "promote: ") + refused.getMessage());
        }
    }

    private void loseEndpoint(String endpoint) {
        endpoints.lose(endpoint);
        lostEndpoints.add(endpoint);
    }

    private void loseArtifact(String model, int how) throws IOException {
        List<VersionEntry> versions =
                station.map(each -> each.ledger().view().versions(model)).orElse(List.of());
        if (!versions.isEmpty()) {
            Digest digest = versions.get(how % versions.size()).digest();
            artifacts.lose(digest);
            lost.add(digest);
        }
    }

    private void loseStore(String model, int how, RandomGenerator random) throws Exception {
        trainer.hold();
        origin.change(Texts.training(model), text -> seeded(text, 1 + how % 4));
        ring();
        turns(Step.ALL, true, random);
        loseArtifacts();
        if (how % 2 == 0) {
            trainer.release();
        }
    }

    private void loseArtifacts() throws IOException {
        lost.addAll(artifacts.digests());
        artifacts.loseAll();
    }

    private void leaveNote(int how) {
        String path = how % 2 == 0 ? "README.md" : "runs/note.txt";
        origin.note(LedgerSettings.BRANCH, path, "note " + how).ifPresent(witness::strange);
    }

    /** Starts the control plane, unless it runs or the remote is needed and not there. */
    private void start() throws Exception {
        if (station.isPresent()) {
            return;
        }
        boolean reachable = origin.heard() && origin.present();
        try {
            String state = "state-" + states;
            station = Optional.of(
                    new Station(folder.resolve(state), origin.remote(), takeOver, surroundings, clock::elapsedNanos));
            witness.started(station.get());
        } catch (LedgerException failed) {
            if (reachable || !failed.reason().equals("Unreachable")) {
                throw new AssertionError("the control plane does not start: " + failed.getMessage(), failed);
            }
        }
    }

    private void restart() throws Exception {
        stop();
        start();
    }

    private void crash() throws Exception {
        boolean present = origin.present();
        boolean heard = origin.heard();
        origin.silence();
        stop();
        if (heard && present) {
            origin.comeBack();
        }
        start();
    }

    /** Only a ledger that the remote has can be taken over. */
    private void loseState(boolean artifactsToo) throws Exception {
        if (!origin.heard() || origin.ledgerHead().isEmpty()) {
            return;
        }
        origin.silence();
        stop();
        origin.comeBack();
        if (artifactsToo) {
            loseArtifacts();
        }
        states++;
        takeOver = true;
        witness.lostState();
        start();
    }

    private void stop() {
        Optional<Station> running = station;
        station = Optional.empty();
        running.ifPresent(Station::close);
    }

    /** Everything works again, and people do what they are asked for; then three reconciles, and what holds must hold. */
    void settle() throws Exception {
        RandomGenerator random = new SplittableRandom(1);
        origin.comeBack();
        endpoints.silent(false);
        trainer.release();
        trainer.failNoMore();
        start();
        if (origin.head().isEmpty()) {
            restoreMain();
        }
        station.orElseThrow().look();
        accept();
        origin.confirm();
        for (int reconcile = 0; reconcile < 3; reconcile++) {
            elapse(Assembly.LAST_RETRY.multipliedBy(2));
            station.orElseThrow().look();
            witness.look(this);
            turns(Step.ALL, false, random);
        }
        witness.settled(this);
    }

    /** Changes what is at the remote by hand. */
    void change(String path, UnaryOperator<String> how) {
        origin.change(path, how);
    }

    List<String> notes() {
        return witness.notes();
    }

    @Override
    public void close() {
        stop();
        origin.close();
    }
}
