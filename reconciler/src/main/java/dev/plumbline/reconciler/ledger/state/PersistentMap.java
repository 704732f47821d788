package dev.plumbline.reconciler.ledger.state;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An immutable map; a changed copy shares all but one bucket with the map that it was made from. */
public final class PersistentMap<K, V> {
    private static final int BUCKETS = 256;

    private static final PersistentMap<?, ?> EMPTY = new PersistentMap<>(noBuckets(), 0);

    private final Map<K, V>[] buckets;
    private final int size;

    private PersistentMap(Map<K, V>[] buckets, int size) {
        this.buckets = buckets;
        this.size = size;
    }

    @SuppressWarnings("unchecked") // it holds neither keys nor values
    public static <K, V> PersistentMap<K, V> empty() {
        return (PersistentMap<K, V>) EMPTY;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map<Object, Object>[] noBuckets() {
        Map<Object, Object>[] buckets = new Map[BUCKETS];
        Arrays.fill(buckets, Map.of());
        return buckets;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    public static <K, V> PersistentMap<K, V> of(Map<K, V> entries) {
        Map<K, V>[] buckets = new Map[BUCKETS];
        Arrays.setAll(buckets, bucket -> new HashMap<>());
        entries.forEach((key, value) -> buckets[bucket(key)].put(key, value));
        return new PersistentMap<>(buckets, entries.size());
    }

    public Optional<V> get(K key) {
        return Optional.ofNullable(buckets[bucket(key)].get(key));
    }

    public PersistentMap<K, V> with(K key, V value) {
        Map<K, V> changed = new HashMap<>(buckets[bucket(key)]);
        boolean added = changed.put(key, value) == null;
        return replaced(bucket(key), changed, added ? size + 1 : size);
    }

    public PersistentMap<K, V> without(K key) {
        Map<K, V> changed = new HashMap<>(buckets[bucket(key)]);
        return changed.remove(key) == null ? this : replaced(bucket(key), changed, size - 1);
    }

    public int size() {
        return size;
    }

    public Stream<V> values() {
        return Stream.of(buckets).flatMap(bucket -> bucket.values().stream());
    }

    private PersistentMap<K, V> replaced(int bucket, Map<K, V> changed, int newSize) {
        Map<K, V>[] copy = buckets.clone();
        copy[bucket] = changed;
        return new PersistentMap<>(copy, newSize);
    }

    private static int bucket(Object key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16 ^ hash >>> 8) & BUCKETS - 1;
    }
}
