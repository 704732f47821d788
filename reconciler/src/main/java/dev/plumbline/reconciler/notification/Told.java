package dev.plumbline.reconciler.notification;

import dev.plumbline.schemas.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has arrived, by topic. What is to be told follows from this and from what is: nothing is queued, so nothing is lost with a
 * queue, and what is settled before it could be told is not told.
 *
 * @param states what was last told of a topic; nothing is told of a topic that is as it should be from the start
 * @param counts how many messages about it have arrived
 */
public record Told(SortedMap<String, String> states, SortedMap<String, Long> counts) {
    private static final int DIGITS = 32;

    public Told {
        states = Collections.unmodifiableSortedMap(new TreeMap<>(states));
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /** Nothing yet. */
    static Told nothing() {
        return new Told(new TreeMap<>(), new TreeMap<>());
    }

    String of(String topic) {
        return states.getOrDefault(topic, "");
    }

    /** The id of the next message about a topic: the same until it has arrived, and never again after that. */
    String id(String topic, String state) {
        String said = counts.getOrDefault(topic, 0L) + "\n" + topic + "\n" + state;
        return "msg_" + Digest.of(said.getBytes(StandardCharsets.UTF_8)).hex().substring(0, DIGITS);
    }

    /** The same, once a message has arrived. */
    Told with(String topic, String state) {
        SortedMap<String, String> next = new TreeMap<>(states);
        next.put(topic, state);
        SortedMap<String, Long> more = new TreeMap<>(counts);
        more.merge(topic, 1L, Long::sum);
        return new Told(next, more);
    }
}
