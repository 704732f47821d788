package dev.plumbline.reconciler.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.status.Reason;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.runtime.EndpointConfiguration;
import dev.plumbline.runtime.RunId;
import dev.plumbline.runtime.TrainingRequest;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.VersionName;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;

/** Sees every move and objects to what must never be. It keeps its own book, from Git and the data plane alone. */
final class Witness {
    private static final int MOST_NOTES = 200;

    private final Map<VersionName, VersionEntry> versions = new TreeMap<>();
    private final Map<String, VersionName> ofRun = new HashMap<>();
    private final HeldBackBook heldBack = new HeldBackBook();
    private final Map<String, Map<String, VersionName>> namedAt = new HashMap<>();
    private final Map<String, Set<VersionName>> named = new HashMap<>();
    private final Set<String> served = new TreeSet<>();
    private final Map<RunId, Digest> results = new HashMap<>();
    private final Deque<String> notes = new ArrayDeque<>();
    private Optional<String> accepted = Optional.empty();
    private final PushedRecord pushedRecord = new PushedRecord();
    private boolean excused;
    private boolean fresh;
    private int deployed;
    private int trained;

    Optional<String> accepted() {
        return accepted;
    }

    Collection<VersionEntry> versions() {
        return versions.values();
    }

    /** Keeps what may help to understand a failure. */
    void note(String what) {
        notes.add(what);
        if (notes.size() > MOST_NOTES) {
            notes.removeFirst();
        }
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** A person has accepted a rewritten history. */
    void excuse() {
        excused = true;
    }

    /** A commit of somebody else on the branch of the ledger. */
    void strange(String commit) {
        note("a note on the branch of the ledger: " + commit.substring(0, 8));
        pushedRecord.strange(commit);
    }

    /** What no remote held yet may be gone. */
    void lostState() {
        fresh = true;
    }

    /** A control plane over what was there before knows all of it. */
    void started(Station station) throws IOException {
        LedgerView view = station.ledger().view();
        if (fresh) {
            fresh = false;
            results.clear();
            numbers(view);
            beganAnew(station, view);
        }
        versions.forEach((name, entry) ->
                assertThat(view.version(name)).as("%s after a start", name).isPresent());
        for (RunId run : results.keySet()) {
            assertThat(view.run(run)).as("run %s after a start", run).isPresent();
        }
    }

    /** The record at the remote may be older than what was seen, or hold a promotion that was pushed last of all. */
    private void beganAnew(Station station, LedgerView view) throws IOException {
        Optional<String> pushed = view.admission().map(each -> each.revision().id());
        note("the record was pushed up to " + pushed.map(each -> each.substring(0, 8)));
        if (pushed.isEmpty() || heldBack.knows(pushed.get()) || !goesOn(station, pushed.get())) {
            accepted = pushed;
            heldBack.backTo(pushed);
        } else {
            branch(station, view);
        }
    }

    /** Whether a commit follows what was accepted: of anything else the lost state alone could have told. */
    private boolean goesOn(Station station, String commit) throws IOException {
        Repository mirror = station.mirror().repository();
        if (accepted.isEmpty() || !mirror.getObjectDatabase().has(id(accepted.get()))) {
            return false;
        }
        try (RevWalk walk = new RevWalk(mirror)) {
            return walk.isMergedInto(walk.parseCommit(id(accepted.get())), walk.parseCommit(id(commit)));
        }
    }

    /** After each move. */
    void look(World world) throws IOException {
        if (world.station().isEmpty()) {
            return;
        }
        Station station = world.station().get();
        LedgerView view = station.ledger().view();
        trainings(world);
        numbers(view);
        world.lost().removeIf(digest -> world.artifacts().find(digest).isPresent());
        branch(station, view);
        deployments(world);
        endpoints(world);
        pushedRecord.look(world.origin());
        statuses(station);
    }

    private void numbers(LedgerView view) {
        for (String model : Texts.MODELS) {
            for (VersionEntry entry : view.versions(model)) {
                VersionEntry before = versions.putIfAbsent(entry.version(), entry);
                if (before == null) {
                    note("registered " + entry.version() + " of seed "
                            + entry.inputs().seed());
                    VersionName other = ofRun.putIfAbsent(model + entry.run(), entry.version());
                    assertThat(other)
                            .as("the run of %s is registered once", entry.version())
                            .isNull();
                } else {
                    assertThat(entry.run()).as("the run of %s", entry.version()).isEqualTo(before.run());
                    assertThat(entry.digest())
                            .as("the digest of %s", entry.version())
                            .isEqualTo(before.digest());
                }
            }
        }
        view.runs().forEach(run -> run.result().ifPresent(result -> results.put(run.run(), result.artifact())));
    }

    private void trainings(World world) {
        List<TrainingRequest> all = world.trainer().started();
        for (TrainingRequest request : all.subList(trained, all.size())) {
            RunId run = request.inputs().id();
            String model = request.training().model();
            note("trained " + model + " with seed " + request.inputs().seed());
            Digest artifact = results.get(run);
            if (artifact != null) {
                assertThat(world.lost())
                        .as("artifacts that were lost, when a run of %s is trained again", model)
                        .contains(artifact);
            }
        }
        trained = all.size();
    }

    /** What was accepted of the watched branch since the last look, commit by commit. */
    private void branch(Station station, LedgerView view) throws IOException {
        Repository mirror = station.mirror().repository();
        ObjectId now = mirror.exactRef("refs/plumbline/accepted/main") == null
                ? null
                : mirror.exactRef("refs/plumbline/accepted/main").getObjectId();
        if (now == null || Optional.of(now.name()).equals(accepted)) {
            return;
        }
        try (RevWalk walk = new RevWalk(mirror)) {
            RevCommit head = walk.parseCommit(now);
            Optional<RevCommit> before =
                    accepted.isPresent() && mirror.getObjectDatabase().has(id(accepted.get()))
                            ? Optional.of(walk.parseCommit(id(accepted.get())))
                            : Optional.empty();
            boolean rewritten = accepted.isPresent() && (before.isEmpty() || !walk.isMergedInto(before.get(), head));
            if (rewritten) {
                assertThat(excused)
                        .as(
                                "a rewritten history is followed from %s to %s and nobody accepted it",
                                accepted, now.name())
                        .isTrue();
                note("history accepted: " + accepted.get().substring(0, 8) + " -> " + now.name());
                between(mirror, before, head);
                Map<String, VersionName> former = namedAt.getOrDefault(accepted.get(), Map.of());
                for (String model : Texts.MODELS) {
                    Optional<VersionName> from = Optional.ofNullable(former.get(model));
                    moved(model, from, version(mirror, head, model), there(mirror, head, model), true);
                }
            } else {
                follow(mirror, before, now, view);
            }
            Map<String, VersionName> names = new HashMap<>();
            Texts.MODELS.forEach(model -> version(mirror, head, model).ifPresent(version -> names.put(model, version)));
            namedAt.put(now.name(), names);
        }
        excused = false;
        accepted = Optional.of(now.name());
        heldBack.keep(now.name());
    }

    /** The loop may have followed the other history in several looks, and have seen each of its commits by itself. */
    private void between(Repository mirror, Optional<RevCommit> before, RevCommit head) throws IOException {
        try (RevWalk walk = new RevWalk(mirror)) {
            walk.markStart(walk.parseCommit(head));
            if (before.isPresent()) {
                walk.markUninteresting(walk.parseCommit(before.get()));
            }
            for (RevCommit commit : walk) {
                for (RevCommit parent : commit.getParents()) {
                    RevCommit read = walk.parseCommit(parent);
                    for (String model : Texts.MODELS) {
                        version(mirror, read, model)
                                .filter(from -> !version(mirror, commit, model).equals(Optional.of(from)))
                                .ifPresent(from -> heldBack.perhaps(model, from));
                    }
                }
            }
        }
    }

    private static ObjectId id(String name) {
        return ObjectId.fromString(name);
    }

    private void follow(Repository mirror, Optional<RevCommit> before, ObjectId now, LedgerView view)
            throws IOException {
        try (RevWalk walk = new RevWalk(mirror)) {
            walk.sort(RevSort.TOPO);
            walk.sort(RevSort.REVERSE, true);
            walk.markStart(walk.parseCommit(now));
            if (before.isPresent()) {
                walk.markUninteresting(walk.parseCommit(before.get()));
            }
            for (RevCommit commit : walk) {
                commit(mirror, commit, view);
            }
        }
    }

    private void commit(Repository mirror, RevCommit commit, LedgerView view) throws IOException {
        boolean ours = commit.getAuthorIdent().getName().equals("Plumbline");
        boolean asked = commit.getFullMessage().contains("Plumbline-Requested-By:");
        note(commit.name().substring(0, 8) + (ours ? " ours" : "") + (asked ? " (asked)" : "") + ": "
                + commit.getShortMessage());
        try (RevWalk walk = new RevWalk(mirror)) {
            Optional<RevCommit> parent = commit.getParentCount() == 0
                    ? Optional.empty()
                    : Optional.of(walk.parseCommit(commit.getParent(0)));
            for (String model : Texts.MODELS) {
                Optional<VersionName> from = parent.flatMap(each -> version(mirror, each, model));
                Optional<VersionName> to = version(mirror, commit, model);
                if (!from.equals(to)) {
                    if (ours) {
                        promoted(mirror, commit, parent.orElseThrow(), model, to.orElseThrow(), asked, view);
                    }
                    moved(model, from, to, there(mirror, commit, model), !ours || asked);
                }
            }
        }
    }

    private void promoted(
            Repository mirror,
            RevCommit commit,
            RevCommit parent,
            String model,
            VersionName to,
            boolean asked,
            LedgerView view)
            throws IOException {
        assertThat(versions).as("what is promoted is registered").containsKey(to);
        Optional<EndpointEntry.Intent> intent = view.endpoint(Texts.endpoint(model)).stream()
                .flatMap(each -> each.intents().stream())
                .filter(each -> each.commit().id().equals(commit.name()))
                .findFirst();
        assertThat(intent)
                .as("the record knows the commit %s that names %s as ours", commit.name(), to)
                .isPresent();
        assertThat(view.verdict(intent.get().verdict()))
                .as("the verdict on %s", to)
                .isPresent();
        if (asked) {
            return;
        }
        assertThat(heldBack.of(model))
                .as("versions that a person moved %s away from, when automation promotes", model)
                .doesNotContain(to);
        read(mirror, parent, Texts.training(model))
                .filter(Texts::sound)
                .ifPresent(training -> assertThat(known(to).inputs().seed())
                        .as("the seed of %s, which automation promotes", to)
                        .isEqualTo(Texts.seed(training)));
    }

    private VersionEntry known(VersionName version) {
        return Objects.requireNonNull(versions.get(version));
    }

    private void moved(
            String model, Optional<VersionName> from, Optional<VersionName> to, boolean there, boolean byPerson) {
        if (from.equals(to)) {
            return;
        }
        heldBack.moved(model, byPerson ? from : Optional.empty(), to, there);
        to.ifPresent(
                version -> named.computeIfAbsent(model, key -> new HashSet<>()).add(version));
        note("  " + model + " " + from + " -> " + to + (byPerson ? " by a person" : ""));
    }

    /** What the file names, if it is there; a broken one names what it did. */
    private static Optional<VersionName> version(Repository mirror, RevCommit commit, String model) {
        try {
            return read(mirror, commit, Texts.serving(model)).flatMap(text -> Texts.named(model, text));
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static boolean there(Repository mirror, RevCommit commit, String model) throws IOException {
        return read(mirror, commit, Texts.serving(model)).isPresent();
    }

    private static Optional<String> read(Repository mirror, RevCommit commit, String path) throws IOException {
        return GitFiles.read(mirror, commit, path);
    }

    private void deployments(World world) {
        List<EndpointConfiguration> all = world.endpoints().deployed();
        for (EndpointConfiguration each : all.subList(deployed, all.size())) {
            each.stable().ifPresent(stable -> {
                String model = stable.version().model();
                note("deployed " + stable.version());
                assertThat(versions).as("what serves is registered").containsKey(stable.version());
                assertThat(stable.digest())
                        .as("the digest of %s, which serves", stable.version())
                        .isEqualTo(known(stable.version()).digest());
                assertThat(world.artifacts().find(stable.digest()))
                        .as("the bytes of %s, which serves", stable.version())
                        .isPresent();
                assertThat(named.getOrDefault(model, Set.of()))
                        .as("versions that a commit named, when one serves")
                        .contains(stable.version());
            });
        }
        deployed = all.size();
    }

    /** An endpoint that Git asks for never goes away by itself. */
    private void endpoints(World world) throws IOException {
        served.removeAll(world.lostEndpoints());
        world.lostEndpoints().clear();
        for (String model : Texts.MODELS) {
            String endpoint = Texts.endpoint(model);
            boolean lives = world.endpoints().endpoint(endpoint).isPresent();
            if (lives) {
                served.add(endpoint);
            } else if (served.remove(endpoint)) {
                note("gone: " + endpoint);
                Station station = world.station().orElseThrow();
                assertThat(accepted.isPresent()
                                && GitFiles.read(
                                                station.mirror().repository(), id(accepted.get()), Texts.serving(model))
                                        .isPresent())
                        .as("%s has gone while Git asks for it", endpoint)
                        .isFalse();
            }
        }
    }

    private static void statuses(Station station) {
        for (ResourceStatus status : station.operations().state().resources()) {
            assertThat(status.readiness().reason())
                    .as("%s: %s", status.id(), status.readiness().message())
                    .isNotIn(Reason.BUG, Reason.NOT_SETTLING);
        }
        assertThat(station.operations().state().sourceProblem().orElse("")).doesNotStartWith("Bug");
    }

    /** Live equals Git. */
    void settled(World world) throws IOException {
        look(world);
        new Settled(world, versions, heldBack::orPerhaps).check();
    }

    static List<String> lines(Collection<?> all) {
        return new ArrayList<>(all.stream().map(String::valueOf).toList());
    }
}
