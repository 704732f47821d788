package dev.plumbline.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowHashesTest {
    @Test
    void theDigestIsFixedForEver() {
        Table table = Table.builder()
                .numbers("age", new double[] {41, Double.NaN, -0.5})
                .categories("plan", new @Nullable String[] {"gold", null, "é"})
                .build();

        assertThat(table.rowHashes().digest().value())
                .isEqualTo("sha256:0de4579ed307c6cefa9b320794d43d526537c95e41baf16bd130be4e94a5affb");
    }

    @Test
    void permutingRowsChangesNothing() {
        Table table = SplitterTest.customers(1_000, 4);
        int[] order = new Random(2).ints(0, 1_000).distinct().limit(1_000).toArray();

        assertThat(table.select(order).rowHashes().digest())
                .isEqualTo(table.rowHashes().digest());
    }

    @Test
    void aRowMoreOrARowTwiceIsAnotherDataset() {
        Table table = SplitterTest.customers(10, 4);
        int[] twice = IntStream.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9).toArray();

        assertThat(table.select(twice).rowHashes().digest())
                .isNotEqualTo(table.rowHashes().digest());
    }

    @Test
    void missingIsNotEmptyAndTextIsNotANumber() {
        assertThat(digest(Table.builder().categories("a", new @Nullable String[] {null})))
                .isNotEqualTo(digest(Table.builder().categories("a", new String[] {""})));
        assertThat(digest(Table.builder().categories("a", new String[] {"1"})))
                .isNotEqualTo(digest(Table.builder().numbers("a", new double[] {1})));
        assertThat(digest(Table.builder().categories("a", new String[] {"bc"}).categories("b", new String[] {"d"})))
                .isNotEqualTo(digest(
                        Table.builder().categories("a", new String[] {"b"}).categories("b", new String[] {"cd"})));
        assertThat(digest(Table.builder().numbers("a", new double[] {-0.0})))
                .isEqualTo(digest(Table.builder().numbers("a", new double[] {0.0})));
    }

    private static String digest(Table.Builder table) {
        return table.build().rowHashes().digest().value();
    }
}
