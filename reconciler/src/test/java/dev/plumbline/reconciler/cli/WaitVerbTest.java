package dev.plumbline.reconciler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.api.Sample;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.control.Operations;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WaitVerbTest extends ServerCase {
    @Test
    void waitsUntilItHolds() {
        assertThat(bench().run("wait", "serving/churn", "--for", "live=v1").code())
                .isEqualTo(ExitCode.DONE);
        assertThat(bench().run("wait", "serving/churn", "--revision", Sample.REVISION.id())
                        .code())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void waitsForAChange() {
        operations.become(new Sample(false, List.of()));
        Thread later = Thread.ofVirtual().start(() -> operations.become(Sample.usual()));

        assertThat(bench().run("wait", "serving/churn", "--timeout", "30s").code())
                .isEqualTo(ExitCode.DONE);
        assertThat(later.isAlive()).isFalse();
    }

    @Test
    void givesUpWaitingAndSaysHowItStands() {
        operations.become(new Sample(false, List.of()));

        Bench.Said said = bench().run("wait", "serving/churn", "--timeout", "100ms");

        assertThat(said.code()).isEqualTo(ExitCode.TIMEOUT);
        assertThat(said.err()).contains("Serving/churn is not ready").contains("a run is under way");
        assertThat(bench().run("wait", "serving/nobody", "--timeout", "1ms").err())
                .contains("there is no Serving/nobody yet");
        assertThat(new Bench(folder)
                        .run("wait", "serving/churn", "--timeout", "1ms")
                        .code())
                .isEqualTo(ExitCode.TIMEOUT);
        assertThat(bench().run("wait", "serving/churn", "--for", "live=1").code())
                .isEqualTo(ExitCode.USAGE);
        assertThat(bench().run("wait", "serving/churn", "--revision", "HEAD").code())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void stopsWaitingForWhatAPersonMustMend() {
        operations.become(Sample.waitingForAPerson());

        Bench.Said said = bench().run("wait", "serving/churn", "--timeout", "30s");

        assertThat(said.code()).isEqualTo(ExitCode.NO);
        assertThat(said.err())
                .contains("Serving/churn is not ready and waits for a person: Training: a run is under way");
        assertThat(bench().run("wait", "serving/churn", "--for", "Stalled").code())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void waitsForNothingNewWhileAPersonMustSettleTheHistory() {
        operations.warn(new Operations.Warning("HistoryRewritten", "the history of main was rewritten: push it back"));

        Bench.Said said = bench().run("wait", "serving/churn", "--timeout", "30s");

        assertThat(said.code()).isEqualTo(ExitCode.NO);
        assertThat(said.err())
                .contains("Serving/churn is not ready and waits for a person: HistoryRewritten: the history of main was"
                        + " rewritten: push it back");
        assertThat(bench().run("wait", "serving/new", "--timeout", "30s").code())
                .isEqualTo(ExitCode.NO);
        assertThat(bench().run("wait", "serving/churn", "--for", "live=v1").code())
                .as("what serves is a fact")
                .isEqualTo(ExitCode.DONE);
        assertThat(bench().run("wait", "serving/churn", "--revision", Sample.REVISION.id())
                        .code())
                .as("that revision was followed before")
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void doesNotCallItFrozenWhatALookAtTheRemoteThaws() {
        operations.warn(new Operations.Warning("LedgerForeign", "a stranger wrote the record"));
        operations.whenLooked(operations::warnNoMore);

        assertThat(bench().run("wait", "serving/churn", "--timeout", "30s").code())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void aWarningThatStopsNothingIsNothingToWaitFor() {
        operations.warn(new Operations.Warning("LedgerUnsigned", "no key signs the ledger"));

        assertThat(bench().run("wait", "serving/churn").code()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void waitsForASuspensionThatEndsByItselfAndSaysUntilWhen() {
        operations.become(Sample.suspended(
                "suspended by ann until 2026-01-02T07:04:05Z: incident 7; `plumb resume" + " serving/churn` ends it"));

        Bench.Said said = bench().run("wait", "serving/churn", "--timeout", "200ms");
        assertThat(said.code()).isEqualTo(ExitCode.TIMEOUT);
        assertThat(said.err()).contains("suspended by ann until 2026-01-02T07:04:05Z: incident 7");

        Thread later = Thread.ofVirtual().start(() -> operations.become(Sample.usual()));
        assertThat(bench().run("wait", "serving/churn", "--timeout", "30s").code())
                .isEqualTo(ExitCode.DONE);
        assertThat(later.isAlive()).isFalse();
    }

    @Test
    void waitsForNoSuspensionThatOnlyAPersonEnds() {
        operations.become(Sample.suspended("suspended by ann without a time limit: until 2026-01-02T07:04:05Z: or so"));

        assertThat(bench().run("wait", "serving/churn", "--timeout", "30s").code())
                .isEqualTo(ExitCode.NO);
    }
}
