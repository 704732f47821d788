package dev.plumbline.reconciler.source.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class BranchWatchTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    @Test
    void noticesThatALocalBranchMovedWithoutWaitingForThePoll() throws Exception {
        try (TemporaryRepository repository = repository();
                BranchWatch watch = watch(repository, "main", HOUR)) {
            repository.commit("One", "a", "1");
            assertThat(watch.await()).isEqualTo(BranchWatch.Wake.MOVED);
            repository.commit("Two", "a", "2");
            assertThat(watch.await()).isEqualTo(BranchWatch.Wake.MOVED);
        }
    }

    @Test
    void noticesABranchInAFolderThatDoesNotExistYet() throws Exception {
        try (TemporaryRepository repository = repository();
                BranchWatch watch = watch(repository, "team/main", HOUR)) {
            repository.commit("team/main", "One", Map.of("a", Optional.of(new byte[] {1})));
            assertThat(watch.await()).isEqualTo(BranchWatch.Wake.MOVED);
        }
    }

    @Test
    void staysQuietWhenOtherBranchesMoveOrRefsArePacked() throws Exception {
        try (TemporaryRepository repository = repository()) {
            repository.commit("One", "a", "1");
            try (BranchWatch watch = watch(repository, "main", Duration.ofMillis(1_500))) {
                repository.commit("plumbline/ledger", "Ours", Map.of("a", Optional.of(new byte[] {1})));
                new Git(repository.git()).packRefs().setAll(true).call();
                assertThat(watch.await()).isEqualTo(BranchWatch.Wake.POLLED);
            }
        }
    }

    @Test
    @Timeout(60)
    void watchesARepositoryThatWasAwayWhenItBegan() throws Exception {
        Path away = folder.resolve("origin.git");
        try (BranchWatch watch =
                new BranchWatch(Remote.local(away), "main", Duration.ofMillis(100), new SplittableRandom(1))) {
            assertThat(watch.await()).isEqualTo(BranchWatch.Wake.POLLED);
            try (TemporaryRepository repository = TemporaryRepository.create(away, MutableClock.started())) {
                watch.await();
                repository.commit("One", "a", "1");
                BranchWatch.Wake wake = watch.await();
                while (wake != BranchWatch.Wake.MOVED) {
                    wake = watch.await();
                }
                assertThat(wake).isEqualTo(BranchWatch.Wake.MOVED);
            }
        }
    }

    @Test
    void looksEarlyWhenSomebodyHints() throws Exception {
        try (BranchWatch watch = new BranchWatch(
                Remote.parse("https://git.example.com/a.git", folder), "main", HOUR, new SplittableRandom(1))) {
            watch.hint();
            watch.hint();
            assertThat(watch.await()).isEqualTo(BranchWatch.Wake.HINTED);
        }
    }

    @Test
    void spreadsItsPolls() throws Exception {
        try (BranchWatch watch = new BranchWatch(
                Remote.parse("https://git.example.com/a.git", folder),
                "main",
                Duration.ofSeconds(30),
                new SplittableRandom(1))) {
            TreeSet<Duration> intervals = new TreeSet<>();
            for (int each = 0; each < 200; each++) {
                intervals.add(watch.interval());
            }
            assertThat(intervals).hasSizeGreaterThan(100);
            assertThat(intervals.first()).isBetween(Duration.ofSeconds(27), Duration.ofSeconds(28));
            assertThat(intervals.last()).isBetween(Duration.ofSeconds(32), Duration.ofSeconds(33));
        }
    }

    private TemporaryRepository repository() {
        return TemporaryRepository.create(folder.resolve("origin.git"), MutableClock.started());
    }

    private static BranchWatch watch(TemporaryRepository repository, String branch, Duration poll) {
        return new BranchWatch(Remote.local(repository.path()), branch, poll, new SplittableRandom(1));
    }
}
