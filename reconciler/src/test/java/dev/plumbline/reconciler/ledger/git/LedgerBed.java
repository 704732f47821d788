package dev.plumbline.reconciler.ledger.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.audit.RecordChain;
import dev.plumbline.reconciler.ledger.state.HeadLimits;
import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.testkit.GitServer;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A repository behind a server, and ledgers of it in mirrors of their own; closes all that it opened. */
final class LedgerBed implements AutoCloseable {
    static final String BRANCH = LedgerSettings.BRANCH;
    static final Duration NEVER = Duration.ofHours(1);
    static final Duration SOON = Duration.ofMillis(20);

    final MutableClock clock = MutableClock.started();
    final TemporaryRepository repository;
    final GitServer server;
    private final Path folder;
    private final List<Runnable> closing = new ArrayList<>();

    LedgerBed(Path folder) throws IOException {
        this.folder = folder;
        repository = TemporaryRepository.create(folder.resolve("origin.git"), clock);
        server = GitServer.serve(repository);
    }

    /** Where the mirror of this name is. */
    Path mirrorOf(String name) {
        return folder.resolve(name + ".git");
    }

    /** Opens the ledger as this holder, in the mirror of that name, pushing soon. */
    GitLedger open(String holder) throws Exception {
        return open(holder, SOON, false);
    }

    GitLedger open(String holder, Duration delay, boolean takeOver) throws Exception {
        return open(holder, holder, delay, takeOver, HeadLimits.standard());
    }

    GitLedger open(String mirror, String holder, Duration delay, boolean takeOver, HeadLimits limits) throws Exception {
        Mirror copy = Mirror.open(mirrorOf(mirror), Remote.parse(server.url(), folder), GitCredentials.none());
        closing.add(copy::close);
        LedgerSettings settings = new LedgerSettings(BRANCH, holder, "Ada's " + holder, Committer.standard(), delay);
        GitLedger ledger = GitLedger.open(copy, settings, takeOver, clock, new SplittableRandom(1), limits);
        closing.add(ledger::close);
        return ledger;
    }

    /** Opens the ledger as this holder from that mirror, pushing only when it must. */
    GitLedger openLater(String mirror, String holder) throws Exception {
        return open(mirror, holder, NEVER, false, HeadLimits.standard());
    }

    /** Copies a mirror as it is, as a copy of the whole state folder does. */
    void copy(String mirror, String to) throws IOException {
        Path source = mirrorOf(mirror);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Path target = mirrorOf(to).resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    /** The messages of the ledger at the remote, newest first, without their links. */
    List<String> messages() {
        return repository.log(BRANCH).stream()
                .map(message -> RecordChain.read(message).message())
                .toList();
    }

    /** Waits until the remote holds everything. */
    static void pushed(GitLedger ledger) {
        await().untilAsserted(() -> assertThat(ledger.health().pending()).isZero());
    }

    /** Registers a version under the next number. */
    static Transition registration(LedgerView view, String seed) {
        return Transition.of("Register " + seed, Entries.version("churn", view.highestNumber("churn") + 1, seed));
    }

    @Override
    public void close() {
        closing.reversed().forEach(Runnable::run);
        server.close();
        repository.close();
    }
}
