package dev.plumbline.reconciler.ledger.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.VersionName;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the ledger keeps what. */
final class LedgerFilesTest {
    private static final int MANY = 50_000;

    @Test
    void spreadsFilesSoThatNoFolderGrowsLarge() {
        assertThat(widest(each -> LedgerFiles.run(Entries.runId("" + each)))).isLessThan(1_000);
        assertThat(widest(each -> LedgerFiles.endpoint("serving-" + each))).isLessThan(1_000);
        assertThat(widest(each -> LedgerFiles.verdict(Entries.digest("" + each))))
                .isLessThan(1_000);
        assertThat(widest(each -> LedgerFiles.events(new ResourceId(Kind.SERVING, "serving-" + each))))
                .isLessThan(1_000);
        assertThat(widest(each -> LedgerFiles.version(new VersionName("model-" + each, 1))))
                .isLessThan(1_000);
        assertThat(widest(each -> LedgerFiles.index("churn", LedgerFiles.chunk(each + 1))))
                .isLessThan(1_000);
    }

    /** The most entries that any one folder has. */
    private static int widest(IntFunction<String> path) {
        Set<String> all = new TreeSet<>();
        IntStream.range(0, MANY).mapToObj(path).forEach(file -> {
            for (String each = file; each.contains("/"); each = each.substring(0, each.lastIndexOf('/'))) {
                all.add(each);
            }
        });
        Map<String, Long> entries = all.stream()
                .collect(
                        Collectors.groupingBy(each -> each.substring(0, each.lastIndexOf('/')), Collectors.counting()));
        return Math.toIntExact(
                entries.values().stream().mapToLong(Long::longValue).max().orElse(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "A", ".git", "-a"})
    void takesNoNameThatIsNoFile(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LedgerFiles.endpoint(name))
                .withMessageContaining("cannot be the name of a file in the ledger");
    }
}
