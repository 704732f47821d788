package dev.plumbline.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.cli.session.CommandException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReconcileConfigurationTest {
    @TempDir
    Path folder;

    private Configuration read(Map<String, String> variables) throws CommandException {
        return new ConfigurationReader(variables, folder).read(Optional.empty());
    }

    @Test
    void looksAsOftenAsItIsTold() throws Exception {
        assertThat(read(Map.of("PLUMBLINE_RECONCILE_PERIOD", "5m")).period()).isEqualTo(Duration.ofMinutes(5));
        assertThat(read(Map.of()).period()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"500ms", "0s", "soon", "30"})
    void refusesATimeThatIsNoneOrTooShort(String text) {
        assertThatThrownBy(() -> read(Map.of("PLUMBLINE_RECONCILE_PERIOD", text)))
                .isInstanceOf(CommandException.class)
                .hasMessage("reconcile.period is a time of at least a second, such as 30s or 5m, not " + text);
    }
}
