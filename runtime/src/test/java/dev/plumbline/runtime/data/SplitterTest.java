package dev.plumbline.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.schemas.model.Split;
import dev.plumbline.schemas.model.SplitStrategy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SplitterTest {
    private static final Split RANDOM = split(SplitStrategy.RANDOM, 0.2, 7);
    private static final Split STRATIFIED = split(SplitStrategy.STRATIFIED, 0.2, 7);

    @ParameterizedTest
    @EnumSource(names = {"RANDOM", "STRATIFIED"})
    void holdsOutAboutTheShareThatWasAskedFor(SplitStrategy strategy) {
        Table table = customers(10_000, 1);

        assertThat(held(table, split(strategy, 0.2, 7))).hasSizeBetween(1_850, 2_150);
    }

    @ParameterizedTest
    @EnumSource(names = {"RANDOM", "STRATIFIED"})
    void rowsKeepTheirSideWhenDataGrowAndChangeOrder(SplitStrategy strategy) {
        Table all = customers(3_000, 2);
        int[] some = new Random(5).ints(0, 3_000).distinct().limit(1_200).toArray();
        Split split = split(strategy, 0.3, 11);

        Set<String> heldOfAll = identities(
                all, Splitter.split(all, all.rowHashes(), split, "churn").heldOut());
        Table part = all.select(some);
        RowSplit ofPart = Splitter.split(part, part.rowHashes(), split, "churn");

        assertThat(heldOfAll).containsAll(identities(part, ofPart.heldOut()));
        assertThat(identities(part, ofPart.training())).doesNotContainAnyElementsOf(heldOfAll);
    }

    @Test
    void anotherSeedHoldsOutOtherRows() {
        Table table = customers(1_000, 3);

        Set<String> one = identities(
                table, Splitter.split(table, table.rowHashes(), RANDOM, "churn").heldOut());
        Set<String> other = identities(
                table,
                Splitter.split(table, table.rowHashes(), split(SplitStrategy.RANDOM, 0.2, 8), "churn")
                        .heldOut());

        Set<String> both = new HashSet<>(one);
        both.retainAll(other);
        assertThat(both).hasSizeLessThan(one.size() / 2);
    }

    @Test
    void equalRowsStayTogether() {
        Table table = customers(200, 4);
        int[] doubled = IntStream.concat(IntStream.range(0, 200), IntStream.range(0, 200))
                .toArray();
        Table twice = table.select(doubled);

        RowSplit split = Splitter.split(twice, twice.rowHashes(), RANDOM, "churn");

        assertThat(identities(twice, split.heldOut())).doesNotContainAnyElementsOf(identities(twice, split.training()));
    }

    @Test
    void rowsOfOneKeyStayTogether() {
        Random random = new Random(6);
        int rows = 2_000;
        Table table = Table.builder()
                .categories(
                        "household",
                        IntStream.range(0, rows)
                                .mapToObj(i -> "h" + random.nextInt(300))
                                .toArray(String[]::new))
                .numbers("age", random.doubles(rows, 18, 90).toArray())
                .categories("churn", labels(rows, random, 0.3))
                .build();
        Split split = new Split(SplitStrategy.RANDOM, 0.2, 7, Optional.of("household"), Optional.empty());

        RowSplit sides = Splitter.split(table, table.rowHashes(), split, "churn");

        assertThat(values(table, "household", sides.heldOut()))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(values(table, "household", sides.training()));
    }

    @Test
    void stratifiedLeavesEveryRareClassOnBothSides() {
        for (int seed = 0; seed < 50; seed++) {
            Table table = Table.builder()
                    .numbers("id", IntStream.range(0, 103).asDoubleStream().toArray())
                    .categories(
                            "churn",
                            IntStream.range(0, 103)
                                    .mapToObj(i -> i < 3 ? "rare" : i < 50 ? "yes" : "no")
                                    .toArray(String[]::new))
                    .build();

            RowSplit split =
                    Splitter.split(table, table.rowHashes(), split(SplitStrategy.STRATIFIED, 0.1, seed), "churn");

            assertThat(values(table, "churn", split.heldOut()))
                    .as("seed %s", seed)
                    .contains("rare", "yes", "no");
            assertThat(values(table, "churn", split.training())).contains("rare", "yes", "no");
        }
    }

    @Test
    void stratifiedAndRandomAgreeWhereNoClassIsRare() {
        Table table = customers(2_000, 9);

        assertThat(held(table, STRATIFIED)).containsExactly(held(table, RANDOM));
    }

    @Test
    void timeHoldsOutTheLatestAndKeepsTiesTogether() {
        double[] days = {5, 1, 2, 2, 3, 3, 3, 4, 1, 5};
        Table table = Table.builder().numbers("day", days).build();

        assertThat(held(table, time("day", 0.3))).containsExactly(0, 7, 9);
        assertThat(held(table, time("day", 0.5))).containsExactly(0, 4, 5, 6, 7, 9);
        assertThat(held(table, time("day", 0.35))).containsExactly(0, 7, 9);
    }

    @Test
    void timeOrdersIsoDatesAsText() {
        Table table = Table.builder()
                .categories("at", new String[] {"2026-01-02", "2025-12-31", "2026-02-01", "2025-01-01"})
                .build();

        assertThat(held(table, time("at", 0.25))).containsExactly(2);
    }

    @Test
    void timeHoldsOutNothingWhenAllRowsAreOfOneTime() {
        Table table = Table.builder().numbers("day", new double[] {1, 1, 1}).build();

        assertThat(held(table, time("day", 0.3))).isEmpty();
    }

    static Table customers(int rows, long seed) {
        Random random = new Random(seed);
        return Table.builder()
                .numbers("id", IntStream.range(0, rows).asDoubleStream().toArray())
                .numbers("age", random.ints(rows, 18, 90).asDoubleStream().toArray())
                .categories("churn", labels(rows, random, 0.25))
                .build();
    }

    private static String[] labels(int rows, Random random, double share) {
        return IntStream.range(0, rows)
                .mapToObj(i -> random.nextDouble() < share ? "yes" : "no")
                .toArray(String[]::new);
    }

    private static int[] held(Table table, Split split) {
        return Splitter.split(table, table.rowHashes(), split, "churn").heldOut();
    }

    private static Set<String> identities(Table table, int[] rows) {
        return values(table, "id", rows);
    }

    private static Set<String> values(Table table, String column, int[] rows) {
        @Nullable String[] texts = table.texts(column);
        Set<String> values = new HashSet<>();
        Arrays.stream(rows).forEach(row -> values.add(String.valueOf(texts[row])));
        return values;
    }

    private static Split split(SplitStrategy strategy, double test, long seed) {
        return new Split(strategy, test, seed, Optional.empty(), Optional.empty());
    }

    private static Split time(String column, double test) {
        return new Split(SplitStrategy.TIME, test, 0, Optional.empty(), Optional.of(column));
    }
}
