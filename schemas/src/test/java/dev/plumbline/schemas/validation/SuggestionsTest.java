package dev.plumbline.schemas.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
    private static final List<String> NAMES = List.of("maxDepth", "trees", "featureFraction", "minChildWeight");

    @Test
    void forgivesSwapsOmissionsCaseAndUnderscores() {
        assertThat(Suggestions.nearest("max_depth", NAMES)).contains("maxDepth");
        assertThat(Suggestions.nearest("tress", NAMES)).contains("trees");
        assertThat(Suggestions.nearest("tere", NAMES)).isEmpty();
        assertThat(Suggestions.nearest("featurefracton", NAMES)).contains("featureFraction");
    }

    @Test
    void staysSilentWhenNothingIsNear() {
        assertThat(Suggestions.didYouMean("epochs", NAMES)).isEmpty();
        assertThat(Suggestions.didYouMean("", NAMES)).isEmpty();
        assertThat(Suggestions.didYouMean("x".repeat(1000), NAMES)).isEmpty();
    }
}
