package dev.plumbline.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
    @TempDir
    Path folder;

    @Test
    void opensItsOneFileAndNothingElse() throws Exception {
        Path mine = Files.writeString(folder.resolve("it's [mine] 100%.csv"), "a\n1\n");
        Path other = Files.writeString(folder.resolve("other.csv"), "a\n2\n");

        try (Engine engine = Engine.open(mine, 1L << 28)) {
            assertThat(engine.count("SELECT count(*) FROM read_csv(" + engine.file() + ")"))
                    .isEqualTo(1);
            for (String statement : List.of(
                    "SELECT * FROM read_csv('" + other + "')",
                    "SELECT * FROM read_text('" + folder + "/*')",
                    "COPY (SELECT 1) TO '" + folder.resolve("out.csv") + "'",
                    "ATTACH '" + folder.resolve("out.db") + "'",
                    "INSTALL httpfs",
                    "LOAD httpfs",
                    "SET enable_external_access = true",
                    "SET memory_limit = '100GB'",
                    "SET allowed_paths = ['" + other + "']")) {
                assertThatThrownBy(() -> engine.execute(statement))
                        .as(statement)
                        .isInstanceOf(SQLException.class);
            }
        }
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void anInterruptEndsARunningStatement() throws Exception {
        Path file = Files.writeString(folder.resolve("data.csv"), "a\n1\n");
        CountDownLatch started = new CountDownLatch(1);
        AtomicReference<Object> outcome = new AtomicReference<>("none");
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                outcome.set(Reading.with(file, 1L << 28, engine -> {
                    started.countDown();
                    return engine.count(
                            "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range * b.range % 7 = 3");
                }));
            } catch (InterruptedException | SQLException e) {
                outcome.set(e);
            }
        });

        started.await();
        thread.interrupt();
        thread.join();

        assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
    }
}
