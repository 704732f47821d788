package dev.plumbline.reconciler.app;

import dev.plumbline.reconciler.access.Addresses;
import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.source.mirror.RemoteAccess;
import dev.plumbline.reconciler.status.Condition;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.runtime.TrainingProgress;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.problem.Counted;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.problem.Severity;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells the person at the terminal of {@code up} what happens, a line a step. */
final class UpReport {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int EVENTS = 200;
    private static final int TENTHS = 10;

    private final Operations operations;
    private final PrintStream out;
    private final boolean quiet;
    private final Map<ResourceId, Integer> tenths = new HashMap<>();
    private Instant told = Instant.EPOCH;
    private Optional<Revision> revision = Optional.empty();
    private Optional<String> problem = Optional.empty();
    private long generation = -1;

    UpReport(Operations operations, PrintStream out, boolean quiet) {
        this.operations = operations;
        this.out = out;
        this.quiet = quiet;
        this.told = operations.ledger().events(Optional.empty(), 1).stream()
                .map(EventEntry::at)
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    void started(String label, Path state, String control, String serving, RemoteAccess access) {
        out.println("following          " + label);
        out.println("state              " + state);
        for (RemoteAccess.Answer answer : access.answers()) {
            say("access             " + answer.words()
                    + answer.detail().map(text -> ": " + text).orElse(""));
        }
        out.println("control            " + control);
        out.println("serving            " + serving);
    }

    /** What to add to the URL of a port that listens on all addresses: one that other machines may use. */
    static String elsewhere(String bind, int port) throws IOException {
        if (!Addresses.everywhere(bind)) {
            return "";
        }
        List<String> others = Addresses.fromOthers();
        return " (listens on all addresses of this machine"
                + (others.isEmpty()
                        ? ""
                        : "; from elsewhere: "
                                + others.stream()
                                        .map(address -> "http://" + address + ":" + port)
                                        .collect(Collectors.joining(" ")))
                + ")";
    }

    void stopping(boolean keepServing) {
        say(keepServing ? "stopping           serving goes on; `plumb stop --serving` ends it" : "stopping");
    }

    /** Waits for news, for a while, and tells them. */
    void next() throws InterruptedException {
        Operations.State state = operations.awaitChange(generation, PATIENCE);
        generation = state.generation();
        tell(state);
    }

    /** Tells what is not told yet. */
    void flush() {
        tell(operations.state());
    }

    private void tell(Operations.State state) {
        if (!state.sourceProblem().equals(problem)) {
            problem = state.sourceProblem();
            say("source             " + problem.orElse("can be followed again"));
        }
        if (!state.revision().equals(revision)) {
            revision = state.revision();
            revision.filter(this::concerns)
                    .ifPresent(id -> say("admitted           " + id.shortened() + ": " + counted(state)));
            state.problems()
                    .forEach(each -> say("problem            " + place(each) + each.message()
                            + each.hint().map(hint -> " (" + hint + ")").orElse("")));
        }
        events().forEach(event -> say(padded(event)));
        state.resources().forEach(this::progress);
    }

    /** Says of everything that is not as its spec asks why it is not; an answer, said also when nothing else is. */
    void unready() {
        Operations.State state = operations.state();
        state.sourceProblem().ifPresent(text -> out.println("not ready          the source: " + text));
        for (ResourceStatus status : state.resources()) {
            Condition ready = status.readiness();
            if (!status.ready()) {
                out.println("not ready          " + status.id() + ": "
                        + ready.reason().label() + ": " + ready.message());
            }
        }
        state.problems().stream()
                .filter(each -> each.severity() == Severity.ERROR)
                .forEach(each -> out.println("error              " + place(each) + each.message()));
    }

    private static String place(Problem problem) {
        return problem.file() + ":" + problem.line() + ":" + problem.column() + ": ";
    }

    private String counted(Operations.State state) {
        int specs = operations.resources().size();
        int problems = state.problems().size();
        return Counted.of(specs, "spec") + (problems == 0 ? "" : ", " + Counted.of(problems, "problem"));
    }

    /** A commit that changed only what another environment reads is not recorded as admitted. */
    private boolean concerns(Revision id) {
        return operations
                .ledger()
                .admission()
                .filter(each -> each.revision().equals(id))
                .isPresent();
    }

    private List<EventEntry> events() {
        List<EventEntry> fresh = operations.ledger().events(Optional.empty(), EVENTS).stream()
                .filter(event -> event.at().isAfter(told))
                .toList()
                .reversed();
        if (!fresh.isEmpty()) {
            told = fresh.getLast().at();
        }
        return fresh;
    }

    private static String padded(EventEntry event) {
        return String.format("%-18s %s: %s", words(event.reason()), event.resource(), event.message());
    }

    /** A reason in words: {@code TrainingStarted} is "training started". */
    static String words(String reason) {
        return reason.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private void progress(ResourceStatus status) {
        Optional<TrainingProgress> progress = status.progress();
        if (progress.isEmpty()) {
            tenths.remove(status.id());
            return;
        }
        int tenth = (int) (progress.get().fraction() * TENTHS);
        Integer before = tenths.put(status.id(), tenth);
        if (before == null || before != tenth) {
            TrainingProgress now = progress.get();
            say(String.format(
                    "%-18s %s: %d %%, %s%s",
                    "training",
                    status.id(),
                    Math.round(now.fraction() * 100),
                    now.detail().isEmpty() ? now.phase() : now.detail(),
                    now.remaining()
                            .map(left -> ", " + left.toSeconds() + " s left")
                            .orElse("")));
        }
    }

    /** Says how the data plane is; from any thread. */
    void serving(String words) {
        say("data plane         it " + words);
    }

    private void say(String line) {
        if (!quiet) {
            out.println(line);
        }
    }
}
