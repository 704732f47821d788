package dev.plumbline.webhooks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The headers of a request.
 *
 * @param values all values of each, by its name in lower case
 */
public record Headers(Map<String, List<String>> values) {
    public Headers {
        values = Map.copyOf(values);
    }

    /** These names and values, in order; names in any case. */
    public static Headers of(Iterable<Map.Entry<String, String>> entries) {
        Map<String, List<String>> values = new HashMap<>();
        entries.forEach(
                entry -> values.computeIfAbsent(entry.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(entry.getValue()));
        return new Headers(values);
    }

    public boolean has(String name) {
        return !all(name).isEmpty();
    }

    /**
     * The value of a header that can stand only once. A repeated one is read differently by different readers, so none of
     * its values is believed.
     */
    public Optional<String> one(String name) throws RefusedDelivery {
        List<String> all = all(name);
        if (all.size() > 1) {
            throw RefusedDelivery.unauthentic("the header " + name + " is there more than once");
        }
        return all.stream().findFirst();
    }

    private List<String> all(String name) {
        return values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }
}
