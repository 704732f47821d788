package dev.plumbline.reconciler.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Where two documents differ. */
public final class Differences {
    private Differences() {}

    /**
     * One place of both.
     *
     * @param pointer JSON pointer
     * @param before what the one says; missing where it says nothing
     * @param after what the other says
     */
    public record Difference(String pointer, JsonNode before, JsonNode after) {}

    /** Every place at which they differ, as deep as both have the same form. */
    public static List<Difference> between(JsonNode before, JsonNode after) {
        List<Difference> differences = new ArrayList<>();
        add("", before, after, differences);
        return differences;
    }

    private static void add(String pointer, JsonNode before, JsonNode after, List<Difference> differences) {
        if (before.isObject() && after.isObject()) {
            TreeSet<String> names = new TreeSet<>(before.propertyNames());
            names.addAll(after.propertyNames());
            names.forEach(name -> add(
                    pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
                    before.path(name),
                    after.path(name),
                    differences));
        } else if (before.isArray() && after.isArray()) {
            for (int index = 0; index < Math.max(before.size(), after.size()); index++) {
                add(pointer + "/" + index, before.path(index), after.path(index), differences);
            }
        } else if (!before.equals(after)) {
            differences.add(new Difference(pointer, before, after));
        }
    }
}
