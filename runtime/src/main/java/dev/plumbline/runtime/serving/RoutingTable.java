package dev.plumbline.runtime.serving;

import dev.plumbline.runtime.EndpointConfiguration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What every endpoint should serve: one immutable value, replaced whole. */
record RoutingTable(SortedMap<String, EndpointConfiguration> endpoints) {
    static final RoutingTable EMPTY = new RoutingTable(new TreeMap<>());

    RoutingTable {
        endpoints = Collections.unmodifiableSortedMap(new TreeMap<>(endpoints));
    }

    RoutingTable with(EndpointConfiguration configuration) {
        SortedMap<String, EndpointConfiguration> next = new TreeMap<>(endpoints);
        next.put(configuration.serving(), configuration);
        return new RoutingTable(next);
    }

    RoutingTable without(String serving) {
        SortedMap<String, EndpointConfiguration> next = new TreeMap<>(endpoints);
        next.remove(serving);
        return new RoutingTable(next);
    }
}
