package dev.plumbline.runtime.evaluation.fairness;

import dev.plumbline.runtime.Fairness.Rate;
import dev.plumbline.runtime.Fairness.Reversal;
import dev.plumbline.runtime.Fairness.Stratum;
import dev.plumbline.runtime.MetricValue;
import dev.plumbline.runtime.evaluation.Intervals;
import dev.plumbline.runtime.evaluation.Intervals.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds Simpson's reversals: of two groups of one column, one has the higher rate over all rows and the lower one within the
 * groups of the other column, and neither is chance at 95 %. The difference within is weighed as by Mantel and Haenszel, each
 * stratum by n1 n2 / (n1 + n2), with the variance of independent proportions.
 */
final class Reversals {
    private static final List<Rate> RATES =
            List.of(Rate.SELECTION, Rate.TRUE_POSITIVE, Rate.FALSE_POSITIVE, Rate.POSITIVE_PREDICTIVE_VALUE);

    private final List<String> columns;
    private final List<Cell> cells;

    /**
     * Among these.
     *
     * @param columns two of them
     * @param cells every combination of their groups
     */
    Reversals(List<String> columns, List<Cell> cells) {
        this.columns = columns;
        this.cells = cells;
    }

    List<Reversal> all() {
        List<Reversal> found = new ArrayList<>();
        for (int compared = 0; compared < 2; compared++) {
            List<String> groups = groups(compared);
            for (int one = 0; one < groups.size(); one++) {
                for (int other = one + 1; other < groups.size(); other++) {
                    for (Rate rate : RATES) {
                        of(compared, groups.get(one), groups.get(other), rate).ifPresent(found::add);
                    }
                }
            }
        }
        return found;
    }

    private List<String> groups(int column) {
        return cells.stream().map(cell -> cell.values().get(column)).distinct().toList();
    }

    private Optional<Reversal> of(int compared, String one, String other, Rate rate) {
        Proportion first = overall(compared, one, rate);
        Proportion second = overall(compared, other, rate);
        if (!first.defined() || !second.defined()) {
            return Optional.empty();
        }
        MetricValue overall = difference(first, second);
        Strata strata = strata(compared, one, other, rate);
        return strata.weighed()
                .filter(within -> sure(overall) && sure(within) && overall.value() * within.value() < 0)
                .map(within -> new Reversal(
                        columns.get(compared),
                        List.of(one, other),
                        columns.get(1 - compared),
                        rate,
                        overall,
                        within,
                        strata.differences()));
    }

    private Strata strata(int compared, String one, String other, Rate rate) {
        Strata strata = new Strata();
        for (String stratum : groups(1 - compared)) {
            Proportion first = within(compared, one, stratum, rate);
            Proportion second = within(compared, other, stratum, rate);
            if (first.defined() && second.defined()) {
                strata.add(stratum, first, second);
            }
        }
        return strata;
    }

    private Proportion overall(int compared, String group, Rate rate) {
        return cells.stream()
                .filter(cell -> cell.values().get(compared).equals(group))
                .map(cell -> cell.of(rate))
                .reduce(new Proportion(0, 0), Proportion::and);
    }

    private Proportion within(int compared, String group, String stratum, Rate rate) {
        List<String> values = compared == 0 ? List.of(group, stratum) : List.of(stratum, group);
        return cells.stream()
                .filter(cell -> cell.values().equals(values))
                .map(cell -> cell.of(rate))
                .reduce(new Proportion(0, 0), Proportion::and);
    }

    private static MetricValue difference(Proportion first, Proportion second) {
        Interval interval = first.less(second, Intervals.Z);
        return new MetricValue(
                first.value() - second.value(), interval.low(), interval.high(), first.whole() + second.whole());
    }

    private static boolean sure(MetricValue difference) {
        return difference.low() > 0 || difference.high() < 0;
    }

    /** The differences of two groups, stratum by stratum. */
    private static final class Strata {
        private final List<Stratum> differences = new ArrayList<>();
        private double weights;
        private double sum;
        private double variance;
        private long rows;

        void add(String stratum, Proportion first, Proportion second) {
            MetricValue difference = difference(first, second);
            double weight = (double) first.whole() * second.whole() / (first.whole() + second.whole());
            differences.add(new Stratum(stratum, difference));
            weights += weight;
            sum += weight * difference.value();
            variance += weight * weight * (first.variance() + second.variance());
            rows += difference.n();
        }

        List<Stratum> differences() {
            return differences;
        }

        /** Needs two strata to be another view than the whole. */
        Optional<MetricValue> weighed() {
            if (differences.size() < 2) {
                return Optional.empty();
            }
            double value = sum / weights;
            double spread = Intervals.Z * Math.sqrt(variance) / weights;
            return Optional.of(new MetricValue(value, value - spread, value + spread, rows));
        }
    }
}
