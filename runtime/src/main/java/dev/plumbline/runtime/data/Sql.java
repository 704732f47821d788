package dev.plumbline.runtime.data;

import java.util.Collection;
import java.util.stream.Collectors;

/** Text and names as SQL literals; nothing that a spec or a file says enters a statement in another way. */
final class Sql {
    private Sql() {}

    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    static String name(String value) {
        return "\"" + value.replace("\"", "\"\"") + "\"";
    }

    static String texts(Collection<String> values) {
        return values.stream().map(Sql::text).collect(Collectors.joining(", ", "(", ")"));
    }

    static String number(double value) {
        return "CAST('" + value + "' AS DOUBLE)";
    }
}
