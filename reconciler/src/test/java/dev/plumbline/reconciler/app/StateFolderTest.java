package dev.plumbline.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.session.Terminal;
import dev.plumbline.reconciler.source.remote.Remote;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StateFolderTest {
    @TempDir
    Path folder;

    @Test
    void isForOneControlPlaneWhoseProcessItNames() throws Exception {
        String process = "(process " + ProcessHandle.current().pid() + ")";
        StateFolder open = StateFolder.open(folder);
        try (open) {
            assertThatThrownBy(() -> StateFolder.open(folder))
                    .isInstanceOfSatisfying(CommandException.class, refused -> {
                        assertThat(refused.code()).isEqualTo(ExitCode.UNREACHABLE);
                        assertThat(refused.text()).contains(process);
                    });
            assertThatThrownBy(() -> StateFolder.unused(folder, "would start the data plane again at once"))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining(process)
                    .hasMessageContaining("would start the data plane again at once");
        }
        StateFolder.unused(folder, "would not mind");
        StateFolder.unused(folder.resolve("nothing"), "would not mind");
        assertThat(Files.exists(folder.resolve("nothing"))).isFalse();
    }

    @Test
    void keepsTheNameOfTheRepositoryThatItWasStartedWith() throws Exception {
        try (StateFolder open = StateFolder.open(folder)) {
            assertThat(open.repository()).isEmpty();
            open.startedWith(Remote.local(folder.resolve("churn.git")));
        }
        try (StateFolder again = StateFolder.open(folder)) {
            assertThat(again.repository()).contains("churn.git");
        }
    }

    @Test
    void keepsTheIdByWhichTheLedgerKnowsIt() throws Exception {
        String made = holder();

        assertThat(holder()).isEqualTo(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0f8fad5b-d9cb", "\uffff0f8fad5b-d9cb-469f-a165-70867728950e", "\n", "not an id"})
    void anIdThatIsDamagedIsMadeAnewAndNeverTakenAsItIs(String damaged) throws Exception {
        String before = holder();
        Files.writeString(folder.resolve("holder"), damaged);

        String made = holder();

        assertThat(made).isNotEqualTo(before).isNotEqualTo(damaged).hasSize(before.length());
        assertThat(holder()).isEqualTo(made);
    }

    @Test
    void liesBelowTheHomeThatTheEnvironmentNames() throws Exception {
        Remote remote = Remote.local(folder.resolve("pumps.git"));
        Path home = folder.resolve("home");

        assertThat(usual(Map.of("HOME", home.toString()), remote))
                .hasParentRaw(home.resolve(".local/state/plumbline"))
                .satisfies(path -> assertThat(path.getFileName().toString()).matches("pumps-[0-9a-f]+"));
        assertThat(usual(Map.of("HOME", home.toString(), "XDG_STATE_HOME", "/var/state"), remote))
                .hasParentRaw(Path.of("/var/state/plumbline"));
        assertThat(usual(Map.of(), remote))
                .hasParentRaw(Path.of(System.getProperty("user.home"), ".local/state/plumbline"));
    }

    private Path usual(Map<String, String> environment, Remote remote) {
        return StateFolder.usual(
                new Terminal(System.out, System.err, InputStream.nullInputStream(), folder, environment, false),
                remote,
                Optional.empty());
    }

    private String holder() throws Exception {
        try (StateFolder open = StateFolder.open(folder)) {
            return open.holder();
        }
    }

    @Test
    void aStopWhileItIsOpenedIsAStopAndNoFault() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> StateFolder.open(folder)).isInstanceOf(InterruptedException.class);

        assertThat(Thread.interrupted()).isFalse();
    }
}
