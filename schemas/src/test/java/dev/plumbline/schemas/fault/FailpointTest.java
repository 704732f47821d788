package dev.plumbline.schemas.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailpointTest {
    private final AtomicInteger deaths = new AtomicInteger();

    @TempDir
    Path folder;

    @Test
    void nothingIsSwitchedOnWithoutAProperty() {
        assertThat(Trap.of(name -> null, deaths::incrementAndGet)).isNull();
        assertThat(Failpoint.options()).isEmpty();
    }

    @Test
    void diesAtTheFirstHitOfTheNamedPointAndAtNoOther() {
        Trap trap = trap(Map.of(Trap.NAME, "plan.made"));
        trap.hit(Failpoint.RUN_ASKED);
        assertThat(deaths).hasValue(0);
        trap.hit(Failpoint.PLAN_MADE);
        assertThat(deaths).hasValue(1);
    }

    @Test
    void diesAtTheHitThatWasCountedTo() {
        Trap trap = trap(Map.of(Trap.NAME, "plan.made@3"));
        trap.hit(Failpoint.PLAN_MADE);
        trap.hit(Failpoint.PLAN_MADE);
        assertThat(deaths).hasValue(0);
        trap.hit(Failpoint.PLAN_MADE);
        assertThat(deaths).hasValue(1);
    }

    @Test
    void ofTwoProcessesWithOneFuseOneDies() throws IOException {
        Path fuse = folder.resolve("fuse");
        Map<String, String> properties = Map.of(Trap.FUSE, fuse.toString());
        Trap one = trap(properties);
        Trap other = trap(properties);
        one.hit(Failpoint.LEDGER_MOVED);
        Files.writeString(fuse, "ledger.moved\n");
        one.hit(Failpoint.LEDGER_MOVED);
        other.hit(Failpoint.LEDGER_MOVED);
        assertThat(deaths).hasValue(1);
        assertThat(fuse).doesNotExist();
    }

    @Test
    void aNewFuseCountsFromOne() throws IOException {
        Path fuse = folder.resolve("fuse");
        Trap trap = trap(Map.of(Trap.FUSE, fuse.toString()));
        Files.writeString(fuse, "plan.made@2");
        trap.hit(Failpoint.PLAN_MADE);
        Files.writeString(fuse, "run.asked@2");
        trap.hit(Failpoint.RUN_ASKED);
        Files.writeString(fuse, "plan.made@2");
        trap.hit(Failpoint.PLAN_MADE);
        assertThat(deaths).hasValue(0);
        trap.hit(Failpoint.PLAN_MADE);
        assertThat(deaths).hasValue(1);
    }

    @Test
    void refusesANameThatNoPointHas() {
        assertThatThrownBy(() -> trap(Map.of(Trap.NAME, "plan.mode")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("plan.mode")
                .hasMessageContaining("plan.made");
    }

    @Test
    void everyPointHasANameOfItsOwn() {
        assertThat(Arrays.stream(Failpoint.values()).map(Failpoint::label))
                .doesNotHaveDuplicates()
                .allMatch(label -> label.matches("[a-z]+\\.[a-z]+(-[a-z]+)*"));
    }

    private Trap trap(Map<String, String> properties) {
        return Objects.requireNonNull(Trap.of(properties::get, deaths::incrementAndGet));
    }
}
