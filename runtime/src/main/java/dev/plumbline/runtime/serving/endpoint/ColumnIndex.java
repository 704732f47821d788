package dev.plumbline.runtime.serving.endpoint;

import dev.plumbline.runtime.RunInputs.Feature;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.UnknownCategory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A version's input columns by name and position. Immutable. */
public final class ColumnIndex {
    private final List<Feature> features;
    private final Map<String, Integer> positions = new HashMap<>();
    private final boolean[] categories;
    private final boolean[] integers;
    private final double[] smallest;
    private final double[] largest;
    private final @Nullable Set<String>[] allowed;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of sets can only be made raw
    ColumnIndex(List<Feature> features) {
        this.features = features;
        this.categories = new boolean[features.size()];
        this.integers = new boolean[features.size()];
        this.smallest = new double[features.size()];
        this.largest = new double[features.size()];
        this.allowed = new Set[features.size()];
        for (int position = 0; position < features.size(); position++) {
            Feature feature = features.get(position);
            positions.put(feature.name(), position);
            categories[position] = feature.type() == ColumnType.CATEGORY;
            integers[position] = feature.type() == ColumnType.INTEGER;
            smallest[position] = feature.min().orElse(Double.NEGATIVE_INFINITY);
            largest[position] = feature.max().orElse(Double.POSITIVE_INFINITY);
            if (categories[position] && feature.unknown() == UnknownCategory.ERROR) {
                allowed[position] = new HashSet<>(feature.values());
            }
        }
    }

    /** How many columns there are. */
    public int size() {
        return features.size();
    }

    /**
     * The position of a column.
     *
     * @param guess where it probably is: rows of one client have their columns in one order
     * @return -1 when the version takes no such column
     */
    public int position(String name, int guess) {
        if (guess < features.size() && features.get(guess).name().equals(name)) {
            return guess;
        }
        Integer position = positions.get(name);
        return position == null ? -1 : position;
    }

    /** The column's name. */
    public String name(int position) {
        return features.get(position).name();
    }

    /** Whether the column holds categories; numbers otherwise. */
    public boolean category(int position) {
        return categories[position];
    }

    /** Whether the column holds whole numbers only. */
    public boolean integer(int position) {
        return integers[position];
    }

    /** Smallest number that the column takes; negative infinity where it has no bound. */
    public double smallest(int position) {
        return smallest[position];
    }

    /** Largest number that the column takes; positive infinity where it has no bound. */
    public double largest(int position) {
        return largest[position];
    }

    /** Whether a category may be asked about; any may unless the feature refuses what training never saw. */
    public boolean allows(int position, String category) {
        Set<String> values = allowed[position];
        return values == null || category.isEmpty() || values.contains(category);
    }

    /** The categories that training saw. */
    public List<String> values(int position) {
        return features.get(position).values();
    }

    /** The columns in order. */
    public List<Feature> features() {
        return features;
    }
}
