package dev.plumbline.runtime.monitoring;

import java.util.ArrayList;
import java.util.List;

/** How the predictions of one version are counted. */
public sealed interface PredictionScale {
    /** Classes beyond this many are counted together. */
    int MOST_CLASSES = 256;

    /** What each counted group is called, in order. */
    List<String> groups();

    /** The group of a predicted class, by its index in the version's classes. */
    static int ofClass(int index) {
        return Math.min(index, MOST_CLASSES);
    }

    /** The group of a predicted number. */
    static int ofValue(double value) {
        return ValueBuckets.of(value);
    }

    /** Predicted classes, each a group of its own up to the 256th. */
    record Labels(List<String> groups) implements PredictionScale {
        public Labels {
            List<String> kept = new ArrayList<>(groups.subList(0, Math.min(groups.size(), MOST_CLASSES)));
            if (groups.size() > MOST_CLASSES) {
                kept.add("(other)");
            }
            groups = List.copyOf(kept);
        }
    }

    /** Predicted numbers, in ranges bounded by 1, 2 and 5 times powers of ten. */
    record Ranges() implements PredictionScale {
        @Override
        public List<String> groups() {
            return ValueBuckets.all();
        }
    }
}
