package dev.plumbline.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.schemas.model.Algorithm;
import org.junit.jupiter.api.Test;

class PlatformTest {
    @Test
    void hasXGBoostOnX86Alone() {
        assertThat(new Platform("Linux", "amd64", library -> true).lacks(Algorithm.XGBOOST))
                .isEmpty();
        assertThat(new Platform("Mac OS X", "x86_64", library -> false).lacks(Algorithm.XGBOOST))
                .isEmpty();
        assertThat(new Platform("Mac OS X", "aarch64", library -> true).lacks(Algorithm.XGBOOST))
                .hasValueSatisfying(reason -> assertThat(reason).contains("x86_64 only", "aarch64"));
        assertThat(new Platform("Linux", "aarch64", library -> true).lacks(Algorithm.RANDOM_FOREST))
                .isEmpty();
    }

    @Test
    void namesTheSystemLibraryThatIsAbsent() {
        assertThat(new Platform("Linux", "amd64", library -> false).lacks(Algorithm.XGBOOST))
                .hasValueSatisfying(reason -> assertThat(reason).contains("libgomp.so.1", "libgomp1"));
        assertThat(Platform.here().library().test("libthereisnosuchlibrary.so.9"))
                .isFalse();
    }
}
