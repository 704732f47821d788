package dev.plumbline.policy.opa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.policy.Decision;
import dev.plumbline.policy.Fixture;
import dev.plumbline.schemas.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DecisionFixturesTest {
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
    private static final EmbeddedOpa ENGINE = EmbeddedOpa.shipped(THREADS);

    @AfterAll
    static void stop() {
        THREADS.close();
    }

    @TestFactory
    Stream<DynamicTest> decidesAsExpected() {
        return Fixture.all().stream().map(fixture -> DynamicTest.dynamicTest(fixture.name(), () -> check(fixture)));
    }

    @Test
    void usesEveryFixtureFile() {
        assertThat(Fixture.files())
                .isNotEmpty()
                .isEqualTo(Fixture.all().stream()
                        .flatMap(Fixture::ownFiles)
                        .sorted()
                        .toList());
    }

    private static void check(Fixture fixture) {
        Decision decision =
                ENGINE.decide(fixture.gate(), List.of(fixture.input())).getFirst();

        assertThat(new String(Json.canonical(decision), StandardCharsets.UTF_8))
                .isEqualTo(new String(Json.canonical(fixture.expected()), StandardCharsets.UTF_8));
    }
}
