package dev.plumbline.runtime;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a model treats the groups of its sensitive columns on held-out rows. A number is only ever there when it was measured:
 * what is undefined is absent and never 0, and a group without a row is listed.
 *
 * @param attributes the sensitive columns
 * @param notApplicable why nothing could be measured of such a model; empty when something was
 * @param partitions the rows by each column and by each pair of columns, and by each class that counts as the event
 */
public record Fairness(List<String> attributes, Optional<String> notApplicable, List<Partition> partitions) {
    public Fairness {
        attributes = List.copyOf(attributes);
        partitions = List.copyOf(partitions);
    }

    /**
     * The rows by the values of one column, or of two together.
     *
     * @param positive the class that counts as the event; every other class counts as its opposite
     * @param notMeasured why this was not measured; empty when it was
     * @param groups every group that the Dataset declares or any of its rows belongs to
     * @param gaps how far apart the groups are; one that is undefined is absent
     * @param reversals pairs of groups whose order turns around within the groups of the other column
     */
    public record Partition(
            List<String> columns,
            String positive,
            Optional<String> notMeasured,
            List<Group> groups,
            Map<Gap, Difference> gaps,
            List<Reversal> reversals) {
        public Partition {
            columns = List.copyOf(columns);
            groups = List.copyOf(groups);
            gaps = Collections.unmodifiableSortedMap(new TreeMap<>(gaps));
            reversals = List.copyOf(reversals);
        }
    }

    /**
     * The held-out rows of one group.
     *
     * @param values of the columns, in their order
     * @param rates those that are defined, each with its 95 % interval and the rows that it is a share of
     */
    public record Group(List<String> values, long n, Counts counts, Map<Rate, MetricValue> rates) {
        public Group {
            values = List.copyOf(values);
            rates = Collections.unmodifiableSortedMap(new TreeMap<>(rates));
        }
    }

    /** What every rate can be computed from again. */
    public record Counts(long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {}

    /**
     * How far apart the groups are.
     *
     * @param value between the lowest and the highest group of those in which the rate is defined
     * @param low lower end of the 95 % interval of the gap between all groups
     * @param high its upper end; as far as a gap can go where the rate of a group is undefined
     * @param rate of which the gap is; for equalized odds, the one that differs more
     * @param lowest values of the group with the lowest rate
     * @param highest values of the group with the highest rate
     */
    public record Difference(
            double value, double low, double high, Rate rate, List<String> lowest, List<String> highest) {
        public Difference {
            lowest = List.copyOf(lowest);
            highest = List.copyOf(highest);
        }
    }

    /**
     * Simpson's paradox: one group is ahead over all rows, and behind when like is compared with like.
     *
     * @param column whose groups are compared
     * @param groups the two of them
     * @param within the column that likeness is told by
     * @param overall the first group's rate less the second's, over all rows
     * @param stratified the same within the groups of the other column, weighed as by Mantel and Haenszel
     * @param strata the same within each group of the other column
     */
    public record Reversal(
            String column,
            List<String> groups,
            String within,
            Rate rate,
            MetricValue overall,
            MetricValue stratified,
            List<Stratum> strata) {
        public Reversal {
            groups = List.copyOf(groups);
            strata = List.copyOf(strata);
        }
    }

    /** The difference of two groups' rates among the rows where the other column has this value. */
    public record Stratum(String value, MetricValue difference) {}

    /** A share of a group's rows, by the name that JSON uses. */
    public enum Rate {
        /** Of all rows, those that are positive. */
        BASE("baseRate"),
        /** Of all rows, those that are predicted to be positive. */
        SELECTION("selectionRate"),
        /** Of the positive rows, those that are predicted to be. */
        TRUE_POSITIVE("truePositiveRate"),
        /** Of the negative rows, those that are predicted to be positive. */
        FALSE_POSITIVE("falsePositiveRate"),
        /** Of the rows that are predicted to be positive, those that are. */
        POSITIVE_PREDICTIVE_VALUE("positivePredictiveValue"),
        /** Mean predicted probability of the positive class less the base rate; above 0 the model says it too often. */
        CALIBRATION("calibration");

        private final String label;

        Rate(String label) {
            this.label = label;
        }

        /** The name in JSON. */
        @JsonValue
        public String label() {
            return label;
        }

        @JsonCreator
        static Rate parse(String label) {
            return Arrays.stream(values())
                    .filter(each -> each.label.equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no such rate: " + label));
        }
    }

    /** A measure of how far groups are apart, by the name that JSON uses; as Fairlearn defines them. */
    public enum Gap {
        /** Highest less lowest selection rate. */
        DEMOGRAPHIC_PARITY_DIFFERENCE("demographicParityDifference"),
        /** Lowest selection rate as a share of the highest. */
        DEMOGRAPHIC_PARITY_RATIO("demographicParityRatio"),
        /** The larger of the differences of true and of false positive rates. */
        EQUALIZED_ODDS_DIFFERENCE("equalizedOddsDifference"),
        /** Highest less lowest true positive rate. */
        EQUAL_OPPORTUNITY_DIFFERENCE("equalOpportunityDifference"),
        /** Highest less lowest positive predictive value. */
        PREDICTIVE_PARITY_DIFFERENCE("predictiveParityDifference");

        private final String label;

        Gap(String label) {
            this.label = label;
        }

        /** The name in JSON. */
        @JsonValue
        public String label() {
            return label;
        }

        @JsonCreator
        static Gap parse(String label) {
            return Arrays.stream(values())
                    .filter(each -> each.label.equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no such gap: " + label));
        }
    }
}
