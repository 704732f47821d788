package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.fixture.Specs;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers of a card are compared with what the ledger has, whatever anybody writes. */
class LoopCardTest {
    private static final String FILE = "cards/churn.md";
    private static final String MODEL =
            Specs.MODEL_TEXT.replace("riskTier: low", "riskTier: medium, card: cards/churn.md");

    @TempDir
    private Path work = Path.of("");

    private LoopBed bed;

    @BeforeEach
    void prepare() {
        bed = new LoopBed(work).withSpecs();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    private static String stating(String value, String version) {
        return Specs.CARD.replace(
                "license: Apache-2.0\n",
                "license: Apache-2.0\nmetrics:\n  - {name: auc, value: " + value + ", version: " + version + "}\n");
    }

    private void startWithCard() throws Exception {
        bed.repository.commit("Describe it", Map.of(FILE, Specs.CARD, "models/churn.yaml", MODEL));
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
    }

    @Test
    void aWrongNumberIsHeldBackAndTheRightOneIsNot() throws Exception {
        startWithCard();

        bed.push(FILE, stating("0.9", "v1"));

        bed.awaitReason(Specs.MODEL, "AdmissionDenied");
        assertThat(bed.message(Specs.MODEL))
                .contains(
                        "the card states auc 0.9 of v1, which measured 0.8 (write value: 0.8, or take the number out");
        assertThat(bed.endpoints.version("churn-api")).contains("v1");
        bed.stop();
        bed.start();
        bed.awaitReason(Specs.MODEL, "AdmissionDenied");

        bed.push(FILE, stating("0.8", "v1"));

        bed.awaitReason(Specs.MODEL, "Declared");
    }

    @Test
    void aNumberOfAVersionThatIsToComeIsNone() throws Exception {
        startWithCard();

        bed.push(FILE, stating("0.8", "v2"));

        bed.awaitReason(Specs.MODEL, "AdmissionDenied");
        assertThat(bed.message(Specs.MODEL)).contains("no version v2 is registered");

        bed.push(FILE, Specs.CARD);
        bed.awaitReason(Specs.MODEL, "Declared");
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitLive("v2");
        bed.quiet();
        bed.push(FILE, stating("0.8", "v2"));
        bed.quiet();

        assertThat(bed.reason(Specs.MODEL)).contains("Declared");
    }

    @Test
    void retrainingNeedsNoNewCard() throws Exception {
        startWithCard();
        bed.push(FILE, stating("0.8", "v1"));
        bed.quiet();

        bed.trainer.measures(2, 0.95);
        bed.push("training/churn.yaml", Specs.training(2));

        bed.awaitLive("v2");
        bed.awaitReason(Specs.MODEL, "Declared");
    }
}
