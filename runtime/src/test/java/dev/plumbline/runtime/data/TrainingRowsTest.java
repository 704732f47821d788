package dev.plumbline.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingRowsTest {
    private final Table table = SplitterTest.customers(500, 1);
    private final RowHashes hashes = table.rowHashes();

    @Test
    void knowsTheRowsThatWereLearntFrom() throws IOException {
        TrainingRows rows =
                read(TrainingRows.of(hashes, IntStream.range(0, 200).toArray()).bytes());

        assertThat(IntStream.range(0, 500).filter(row -> rows.contains(hashes, row)))
                .containsExactlyElementsOf(IntStream.range(0, 200).boxed().toList());
        assertThat(rows.size()).isEqualTo(200);
        assertThat(rows.comparable(hashes)).isTrue();
    }

    @Test
    void orderAndRepetitionOfRowsDoNotChangeTheBytes() {
        int[] straight = IntStream.range(0, 50).toArray();
        int[] turned = IntStream.concat(IntStream.range(0, 50).map(i -> 49 - i), IntStream.of(7, 7))
                .toArray();

        assertThat(TrainingRows.of(hashes, turned).bytes())
                .isEqualTo(TrainingRows.of(hashes, straight).bytes());
    }

    @Test
    void refusesBytesThatAreNoSuchList() {
        byte[] bytes = TrainingRows.of(hashes, new int[] {1, 2}).bytes();

        assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length - 1))).hasMessageContaining("cut short");
        assertThatThrownBy(() -> read(new byte[100])).hasMessageContaining("not a list of training rows");
    }

    private static TrainingRows read(byte[] bytes) throws IOException {
        return TrainingRows.read(new ByteArrayInputStream(bytes));
    }
}
