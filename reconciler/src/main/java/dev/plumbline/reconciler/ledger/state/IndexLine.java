package dev.plumbline.reconciler.ledger.state;

import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.VersionName;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the head keeps of a succeeded run for ever.
 *
 * @param servedBy the Servings that had it as their stable version
 */
public record IndexLine(RunId run, VersionName version, Digest digest, SortedSet<String> servedBy) {
    public IndexLine {
        servedBy = Collections.unmodifiableSortedSet(new TreeSet<>(servedBy));
    }

    public IndexLine served(String serving) {
        SortedSet<String> more = new TreeSet<>(servedBy);
        more.add(serving);
        return new IndexLine(run, version, digest, more);
    }
}
