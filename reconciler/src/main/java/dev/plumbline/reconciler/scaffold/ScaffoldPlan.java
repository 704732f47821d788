package dev.plumbline.reconciler.scaffold;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is to be written for a person's own data, before anything is written.
 *
 * @param files content by path
 * @param message of the commit
 * @param warnings what a person should read before the files are committed, one sentence each
 * @param notes what was found out about the data, one sentence each
 */
public record ScaffoldPlan(SortedMap<String, byte[]> files, String message, List<String> warnings, List<String> notes) {
    public ScaffoldPlan {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
    }
}
