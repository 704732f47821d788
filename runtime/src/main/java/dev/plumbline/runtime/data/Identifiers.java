package dev.plumbline.runtime.data;

import dev.plumbline.schemas.model.ColumnType;
import java.util.regex.Pattern;

/** Whether a column seems to name rows instead of describing them. */
final class Identifiers {
    private static final Pattern NAMED = Pattern.compile(
            ".*(?:[a-z0-9]I[dD]|[_ .-](?i:id|key|uuid|guid))|(?i:id|uuid|guid|index|rownumber|row_number)");
    private static final long MANY = 1_000;
    private static final long FEW = 20;

    private Identifiers() {}

    /**
     * Text is one when nearly every value differs. An integer is one when every value differs and besides its name says so,
     * it counts up without gaps, or there are so many rows that a quantity would repeat itself.
     */
    static boolean likely(String name, ColumnType type, long present, long different, double span) {
        boolean named = NAMED.matcher(name).matches();
        if (different < FEW) {
            return false;
        }
        return switch (type) {
            case NUMBER -> false;
            case CATEGORY -> different >= 0.95 * present || (named && different >= 0.5 * present);
            case INTEGER -> different == present && (named || span == present - 1 || present >= MANY);
        };
    }
}
