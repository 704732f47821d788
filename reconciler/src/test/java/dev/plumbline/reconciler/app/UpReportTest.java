package dev.plumbline.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.access.Addresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UpReportTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void saysThatAPortIsOpenToAllAndHowOthersReachIt(String bind) throws Exception {
        assertThat(UpReport.elsewhere(bind, 8080)).startsWith(" (listens on all addresses of this machine");
        assertThat(Addresses.fromOthers()).allSatisfy(address -> {
            assertThat(UpReport.elsewhere(bind, 8080)).contains("http://" + address + ":8080");
            assertThat(address).doesNotContain("%").isNotIn("127.0.0.1", "0.0.0.0", "[0:0:0:0:0:0:0:1]");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "192.0.2.7"})
    void addsNothingToTheOneAddressThatAPortListensOn(String bind) throws Exception {
        assertThat(UpReport.elsewhere(bind, 8080)).isEmpty();
    }

    @Test
    void turnsReasonsIntoWords() {
        assertThat(UpReport.words("TrainingStarted")).isEqualTo("training started");
    }
}
