package dev.plumbline.schemas.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTest {
    @Test
    void saysOneOfAThingInTheSingular() {
        assertThat(Counted.of(1, "row")).isEqualTo("1 row");
        assertThat(Counted.of(0, "row")).isEqualTo("0 rows");
        assertThat(Counted.of(12, "row")).isEqualTo("12 rows");
    }

    @Test
    void letsTheVerbFollowTheNumber() {
        assertThat(Counted.of(1, "row", "have no value")).isEqualTo("1 row has no value");
        assertThat(Counted.of(2, "row", "have no value")).isEqualTo("2 rows have no value");
        assertThat(Counted.of(1, "row", "lie above 5")).isEqualTo("1 row lies above 5");
        assertThat(Counted.of(1, "row", "differ")).isEqualTo("1 row differs");
    }
}
