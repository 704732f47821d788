package dev.plumbline.reconciler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.fixture.Records;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.TrainingSpec.Resources;
import dev.plumbline.testkit.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrainingQueueTest {
    private static final long GIBIBYTE = 1L << 30;
    private static final RunEntry RUN = Records.run(Records.inputs(1), RunStatus.QUEUED, Optional.empty());

    private final MutableClock clock = MutableClock.started();
    private final List<String> woken = new ArrayList<>();
    private Optional<Duration> earlier = Optional.empty();
    private final TrainingQueue queue = new TrainingQueue(
            new TrainingLimits(4, 8 * GIBIBYTE, TrainingLimits.ANY_NUMBER),
            clock,
            model -> earlier,
            id -> woken.add(id.name()));

    private static ResourceId id(String name) {
        return new ResourceId(Kind.TRAINING, name);
    }

    private Turn ask(String name, int cpu, int gibibytes, Priority priority) {
        return queue.ask(new QueuedRun(id(name), RUN, new Resources(cpu, gibibytes * GIBIBYTE), priority));
    }

    private Turn ask(String name, int cpu, int gibibytes) {
        return ask(name, cpu, gibibytes, Priority.COMMIT);
    }

    private static Priority anyOf(RandomGenerator random) {
        return List.of(Priority.PERSON, Priority.COMMIT, Priority.AUTOMATION).get(random.nextInt(3));
    }

    private void end(String name, RunEntry run) {
        queue.end(id(name), run.run(), run.attempt());
    }

    private List<String> waiting() {
        return queue.places().stream().map(each -> each.run().training().name()).toList();
    }

    @Test
    void letsInWhatFitsBesideWhatRunsByCpuAndByMemory() {
        assertThat(ask("a", 2, 1)).isInstanceOf(Turn.Now.class);
        assertThat(ask("b", 2, 1)).isInstanceOf(Turn.Now.class);
        assertThat(ask("c", 1, 1)).isInstanceOf(Turn.Later.class);
        end("a", RUN);
        assertThat(woken).containsExactly("c");
        assertThat(ask("c", 1, 7)).isInstanceOf(Turn.Now.class);
        assertThat(ask("d", 1, 1)).isInstanceOf(Turn.Later.class);
    }

    @Test
    void aSmallOneDoesNotOvertakeALargeOne() {
        ask("a", 3, 1);
        assertThat(ask("large", 4, 1)).isInstanceOf(Turn.Later.class);
        assertThat(ask("small", 1, 1)).isInstanceOf(Turn.Later.class);
        assertThat(waiting()).containsExactly("large", "small");
    }

    @Test
    void ordersByWhoAsksAndThenByWhoCameFirst() {
        ask("a", 4, 1);
        ask("again", 1, 1, Priority.AUTOMATION);
        ask("first", 1, 1);
        ask("second", 1, 1);
        assertThat(waiting()).containsExactly("first", "second", "again");
        queue.prefer(id("again"));
        assertThat(waiting()).containsExactly("again", "first", "second");
        ask("first", 1, 1);
        assertThat(waiting()).containsExactly("again", "first", "second");
    }

    @Test
    void whoLeavesHoldsUpNobody() {
        ask("a", 3, 1);
        ask("large", 4, 1);
        ask("small", 1, 1);
        queue.leave(id("large"));
        assertThat(woken).containsExactly("small");
        assertThat(ask("small", 1, 1)).isInstanceOf(Turn.Now.class);
    }

    @Test
    void theLateEndOfAnAttemptDoesNotMakeRoomOfTheNextOne() {
        ask("a", 4, 1);
        RunEntry next = Records.run(Records.inputs(2), RunStatus.QUEUED, Optional.empty());
        end("a", RUN);
        queue.ask(new QueuedRun(id("a"), next, new Resources(4, GIBIBYTE), Priority.COMMIT));
        end("a", RUN);
        assertThat(ask("b", 1, 1)).isInstanceOf(Turn.Later.class);
        end("a", next);
        assertThat(ask("b", 1, 1)).isInstanceOf(Turn.Now.class);
    }

    @Test
    void whoCouldNotBeLookedAtHoldsUpNobodyAndIsStillPreferred() {
        ask("a", 3, 1);
        ask("large", 4, 1);
        ask("small", 1, 1);
        queue.prefer(id("large"));
        queue.stepBack(id("large"));
        assertThat(woken).contains("small");
        ask("large", 4, 1);
        assertThat(waiting()).containsExactly("large", "small");
    }

    @Test
    void refusesWhatCanNeverFitAndNamesTheLimit() {
        assertThat(ask("a", 5, 1))
                .isEqualTo(
                        new Turn.Never("Training/a declares resources.cpu 5, and limits.trainingCpu is 4: declare less,"
                                + " or raise the limit"));
        assertThat(ask("a", 1, 9))
                .isEqualTo(new Turn.Never("Training/a declares resources.memory 9216Mi, and limits.trainingMemory is"
                        + " 8192Mi: declare less, or raise the limit"));
        assertThat(queue.places()).isEmpty();
    }

    @Test
    void estimatesFromEarlierRunsWhenEachStarts() {
        earlier = Optional.of(Duration.ofMinutes(10));
        ask("a", 4, 1);
        clock.advance(Duration.ofMinutes(4));
        ask("b", 2, 1);
        ask("c", 2, 1);
        ask("d", 1, 1);
        assertThat(queue.places())
                .extracting(Place::startsIn)
                .containsExactly(
                        Optional.of(Duration.ofMinutes(6)),
                        Optional.of(Duration.ofMinutes(6)),
                        Optional.of(Duration.ofMinutes(16)));
    }

    @Test
    void saysNothingOfTheTimeBeforeAnythingWasTrained() {
        ask("a", 4, 1);
        ask("b", 1, 1);
        assertThat(queue.places().getFirst().startsIn()).isEmpty();
        clock.advance(Duration.ofMinutes(3));
        end("a", RUN);
        ask("c", 4, 1);
        ask("b", 1, 1);
        assertThat(queue.places()).extracting(Place::startsIn).contains(Optional.of(Duration.ofMinutes(3)));
    }

    @Test
    void halfOfAMachineIsAtLeastOneProcessor() {
        assertThat(TrainingLimits.halfOf(1, 2 * GIBIBYTE))
                .isEqualTo(new TrainingLimits(1, GIBIBYTE, TrainingLimits.ANY_NUMBER));
        assertThat(TrainingLimits.halfOf(9, 2 * GIBIBYTE).cpu()).isEqualTo(4);
    }

    @Test
    void thousandsJoinWithoutPlayingTheWholeLineForwardForEach() {
        AtomicInteger asked = new AtomicInteger();
        TrainingQueue large = new TrainingQueue(
                new TrainingLimits(4, 8 * GIBIBYTE, TrainingLimits.ANY_NUMBER),
                clock,
                model -> {
                    asked.incrementAndGet();
                    return Optional.of(Duration.ofMinutes(10));
                },
                id -> {});
        for (int number = 0; number < 2_000; number++) {
            large.ask(new QueuedRun(id("t" + number), RUN, new Resources(4, GIBIBYTE), Priority.COMMIT));
        }
        assertThat(large.places()).hasSize(1_999);
        assertThat(large.places().getLast().startsIn()).contains(Duration.ofMinutes(10 * 1_999));
        assertThat(asked.get()).isLessThan(4_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsToldStepByStepIsWhatIsToldOfTheWholeLine(long seed) {
        earlier = Optional.of(Duration.ofMinutes(7));
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int step = 0; step < 300; step++) {
            String name = "t" + random.nextInt(12);
            switch (random.nextInt(6)) {
                case 0 -> end(name, RUN);
                case 1 -> queue.leave(id(name));
                case 2 -> queue.prefer(id(name));
                case 3 -> clock.advance(Duration.ofMillis(random.nextInt(2) * 90_000L));
                default -> ask(name, 1 + random.nextInt(4), 1 + random.nextInt(4), anyOf(random));
            }
            List<Place> told = queue.places();
            // Whom nobody knows changes nothing, but that the line is played forward as a whole.
            queue.prefer(id("nobody"));
            assertThat(told).as("step %d of seed %d", step, seed).isEqualTo(queue.places());
        }
    }
}
