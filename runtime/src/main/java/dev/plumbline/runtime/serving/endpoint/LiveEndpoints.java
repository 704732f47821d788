package dev.plumbline.runtime.serving.endpoint;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints that answer now. Readers see one whole table or the next one, never a mixture; writers take turns.
 * Thread-safe.
 */
public final class LiveEndpoints {
    private volatile Map<String, Endpoint> table = Map.of();
    private volatile boolean restored;
    private volatile TableState tableState = TableState.LAST;

    /** The endpoint of this name; null when there is none. */
    public @Nullable Endpoint find(String name) {
        return table.get(name);
    }

    /** All of them, by name. */
    public Map<String, Endpoint> all() {
        return table;
    }

    /** Puts an endpoint in place of what it replaces, whose version is released when its last request has ended. */
    public synchronized void put(Endpoint endpoint) {
        Map<String, Endpoint> next = new TreeMap<>(table);
        Endpoint before = next.put(endpoint.name(), endpoint);
        table = Map.copyOf(next);
        if (before != null && before.model() != endpoint.model()) {
            release(before);
        }
    }

    /** Takes an endpoint away; its requests under way end. */
    public synchronized void remove(String name) {
        Map<String, Endpoint> next = new TreeMap<>(table);
        Endpoint before = next.remove(name);
        table = Map.copyOf(next);
        if (before != null) {
            release(before);
        }
    }

    /** Says what the endpoints were restored from, or that a table was written since. */
    public void table(TableState state) {
        tableState = state;
    }

    /** What the endpoints were restored from. */
    public TableState table() {
        return tableState;
    }

    /** Says that what the disk held is in place. */
    public void restored() {
        restored = true;
    }

    /** Why not every endpoint does what it should; empty when all do. */
    public String unready() {
        if (!restored) {
            return "the endpoints of the last start are being loaded";
        }
        if (tableState == TableState.LOST) {
            return tableState.words();
        }
        for (Endpoint endpoint : table.values()) {
            if (!endpoint.ready()) {
                return endpoint.name() + ": " + endpoint.fault();
            }
        }
        return "";
    }

    private static void release(Endpoint endpoint) {
        if (endpoint.model() != null) {
            endpoint.model().release();
        }
    }
}
