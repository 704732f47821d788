package dev.plumbline.runtime.evaluation.fairness;

import dev.plumbline.runtime.Fairness.Difference;
import dev.plumbline.runtime.Fairness.Gap;
import dev.plumbline.runtime.Fairness.Rate;
import dev.plumbline.runtime.evaluation.Intervals;
import dev.plumbline.runtime.evaluation.Intervals.Interval;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far groups are apart. The value is Fairlearn's: of the lowest and the highest group.
 *
 * <p>The interval is of the gap between <em>all</em> groups, and not of the two that happen to lie furthest apart. Every pair
 * of groups has an interval, together at a level of 95 % (Bonferroni over the pairs); the gap is at least what some pair is
 * at least apart, and at most what some pair may be apart. With two groups that is the interval of their difference. A group
 * in which the rate is undefined may lie anywhere, so the interval then reaches as far as a gap can.
 */
final class Gaps {
    private final List<Cell> cells;

    Gaps(List<Cell> cells) {
        this.cells = cells;
    }

    /** Those that are defined: a gap needs two groups with a rate, and the ratio one group of which some are selected. */
    Map<Gap, Difference> all() {
        Map<Gap, Difference> gaps = new EnumMap<>(Gap.class);
        for (Gap gap : Gap.values()) {
            of(gap).ifPresent(difference -> gaps.put(gap, difference));
        }
        return gaps;
    }

    private Optional<Difference> of(Gap gap) {
        return switch (gap) {
            case DEMOGRAPHIC_PARITY_DIFFERENCE -> difference(Rate.SELECTION, pairs(Rate.SELECTION));
            case DEMOGRAPHIC_PARITY_RATIO -> ratio(Rate.SELECTION);
            case EQUAL_OPPORTUNITY_DIFFERENCE -> difference(Rate.TRUE_POSITIVE, pairs(Rate.TRUE_POSITIVE));
            case PREDICTIVE_PARITY_DIFFERENCE ->
                difference(Rate.POSITIVE_PREDICTIVE_VALUE, pairs(Rate.POSITIVE_PREDICTIVE_VALUE));
            case EQUALIZED_ODDS_DIFFERENCE -> odds();
        };
    }

    private Optional<Difference> odds() {
        int pairs = pairs(Rate.TRUE_POSITIVE) + pairs(Rate.FALSE_POSITIVE);
        Optional<Difference> found = difference(Rate.TRUE_POSITIVE, pairs);
        Optional<Difference> missed = difference(Rate.FALSE_POSITIVE, pairs);
        if (found.isEmpty() || missed.isEmpty()) {
            return Optional.empty();
        }
        Difference one = found.get();
        Difference other = missed.get();
        Difference worse = one.value() >= other.value() ? one : other;
        return Optional.of(new Difference(
                worse.value(),
                Math.max(one.low(), other.low()),
                Math.max(one.high(), other.high()),
                worse.rate(),
                worse.lowest(),
                worse.highest()));
    }

    private Optional<Difference> difference(Rate rate, int pairs) {
        List<Cell> defined = defined(rate);
        if (defined.size() < 2) {
            return Optional.empty();
        }
        double z = together(pairs);
        double low = 0;
        double high = whole(defined) ? 0 : 1;
        for (int one = 0; one < defined.size(); one++) {
            for (int other = one + 1; other < defined.size(); other++) {
                Interval apart =
                        size(defined.get(one).of(rate).less(defined.get(other).of(rate), z));
                low = Math.max(low, apart.low());
                high = Math.max(high, apart.high());
            }
        }
        Cell lowest = lowest(defined, rate);
        Cell highest = highest(defined, rate);
        double value = highest.of(rate).value() - lowest.of(rate).value();
        return Optional.of(new Difference(value, low, high, rate, lowest.values(), highest.values()));
    }

    private Optional<Difference> ratio(Rate rate) {
        List<Cell> defined = defined(rate);
        if (defined.size() < 2 || highest(defined, rate).of(rate).part() == 0) {
            return Optional.empty();
        }
        double z = together(pairs(rate));
        double low = whole(defined) ? 1 : 0;
        double high = 1;
        for (int one = 0; one < defined.size(); one++) {
            for (int other = one + 1; other < defined.size(); other++) {
                Interval share =
                        share(defined.get(one).of(rate).over(defined.get(other).of(rate), z));
                low = Math.min(low, share.low());
                high = Math.min(high, share.high());
            }
        }
        Cell lowest = lowest(defined, rate);
        Cell highest = highest(defined, rate);
        double value = lowest.of(rate).value() / highest.of(rate).value();
        // Half a case added to each count may leave a value at the edge outside.
        return Optional.of(new Difference(
                value, Math.min(low, value), Math.max(high, value), rate, lowest.values(), highest.values()));
    }

    private List<Cell> defined(Rate rate) {
        return cells.stream().filter(cell -> cell.of(rate).defined()).toList();
    }

    private boolean whole(List<Cell> defined) {
        return defined.size() == cells.size();
    }

    private int pairs(Rate rate) {
        int groups = defined(rate).size();
        return groups * (groups - 1) / 2;
    }

    private static double together(int pairs) {
        return pairs <= 1 ? Intervals.Z : NormalQuantile.of(1 - 0.025 / pairs);
    }

    /** Of a difference, when nobody asks which of the two is ahead. */
    private static Interval size(Interval signed) {
        double far = Math.max(Math.abs(signed.low()), Math.abs(signed.high()));
        boolean around = signed.low() <= 0 && signed.high() >= 0;
        return new Interval(around ? 0 : Math.min(Math.abs(signed.low()), Math.abs(signed.high())), far);
    }

    /** Of a ratio, when nobody asks which of the two is the lower one. */
    private static Interval share(Interval ratio) {
        double far = Math.min(ratio.low(), 1 / ratio.high());
        boolean around = ratio.low() <= 1 && ratio.high() >= 1;
        return new Interval(far, around ? 1 : Math.min(ratio.high(), 1 / ratio.low()));
    }

    private static Cell lowest(List<Cell> defined, Rate rate) {
        return defined.stream().min(by(rate)).orElseThrow();
    }

    private static Cell highest(List<Cell> defined, Rate rate) {
        return defined.stream().max(by(rate)).orElseThrow();
    }

    private static Comparator<Cell> by(Rate rate) {
        return Comparator.comparingDouble(cell -> cell.of(rate).value());
    }
}
