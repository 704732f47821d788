package dev.plumbline.runtime.onnx;

import dev.plumbline.runtime.RunInputs.Feature;
import dev.plumbline.runtime.data.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a table in the form that graphs take. */
public final class TableColumns {
    private TableColumns() {}

    /**
     * The columns of these features, in their order.
     *
     * @throws IllegalArgumentException when the table lacks one, or holds another kind of values in it
     */
    public static List<RawColumn> of(Table table, List<Feature> features) {
        return features.stream()
                .map(feature -> switch (feature.type()) {
                    case INTEGER, NUMBER -> RawColumn.numbers(table.numbers(feature.name()));
                    case CATEGORY -> categories(table.categories(feature.name()));
                })
                .toList();
    }

    /** Categories, with the missing ones as graphs know them. */
    public static RawColumn categories(@Nullable String[] values) {
        String[] texts = new String[values.length];
        for (int row = 0; row < texts.length; row++) {
            String value = values[row];
            texts[row] = value == null ? RawColumn.MISSING_CATEGORY : value;
        }
        return RawColumn.categories(texts);
    }
}
