package dev.plumbline.reconciler.ledger.state;

import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.runtime.RunId;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is held of one model.
 *
 * @param versions held whole, by number
 * @param runs held whole
 * @param index of every version there ever was, by number
 */
public record ModelRecord(
        SortedMap<Integer, Stamped<VersionEntry>> versions, Set<RunId> runs, SortedMap<Integer, IndexLine> index) {
    public static final ModelRecord EMPTY = new ModelRecord(new TreeMap<>(), Set.of(), new TreeMap<>());

    public ModelRecord {
        versions = Collections.unmodifiableSortedMap(versions);
        runs = Collections.unmodifiableSet(runs);
        index = Collections.unmodifiableSortedMap(index);
    }

    public ModelRecord with(Stamped<VersionEntry> version) {
        SortedMap<Integer, Stamped<VersionEntry>> more = new TreeMap<>(versions);
        more.put(version.entry().version().number(), version);
        return new ModelRecord(more, runs, index);
    }

    public ModelRecord without(int number) {
        SortedMap<Integer, Stamped<VersionEntry>> fewer = new TreeMap<>(versions);
        fewer.remove(number);
        return new ModelRecord(fewer, runs, index);
    }

    public ModelRecord with(RunId run) {
        if (runs.contains(run)) {
            return this;
        }
        Set<RunId> more = new LinkedHashSet<>(runs);
        more.add(run);
        return new ModelRecord(versions, more, index);
    }

    public ModelRecord without(RunId run) {
        Set<RunId> fewer = new LinkedHashSet<>(runs);
        fewer.remove(run);
        return new ModelRecord(versions, fewer, index);
    }

    public ModelRecord with(IndexLine line) {
        SortedMap<Integer, IndexLine> more = new TreeMap<>(index);
        more.put(line.version().number(), line);
        return new ModelRecord(versions, runs, more);
    }
}
