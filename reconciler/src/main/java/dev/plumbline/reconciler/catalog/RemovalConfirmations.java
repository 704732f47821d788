package dev.plumbline.reconciler.catalog;

import dev.plumbline.reconciler.catalog.AdmittedCatalog.Admitted;
import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.schemas.SpecReader;
import dev.plumbline.schemas.catalog.CatalogReading;
import dev.plumbline.schemas.catalog.FileContents;
import dev.plumbline.schemas.files.SpecFiles;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Admits revisions, and lets go of what a large removal holds back once a commit of the branch confirms it. A commit
 * confirms only what it, or one before it, had removed: yesterday's yes is none for what goes today.
 */
public final class RemovalConfirmations {
    private final Source source;
    private final SpecReader reader;
    private final RemovalTrailer trailer;

    /** Confirmations on the branch of this source that are meant for this environment; empty: for the one without a name. */
    public RemovalConfirmations(Source source, SpecReader reader, Optional<String> environment) {
        this.source = source;
        this.reader = reader;
        this.trailer = RemovalTrailer.of(environment);
    }

    /**
     * As {@link Admission#of}.
     *
     * @throws Source.SourceException when the history that may confirm cannot be read
     */
    public AdmittedCatalog admit(
            Snapshot snapshot, CatalogReading reading, Map<ResourceId, String> denied, AdmittedCatalog before)
            throws Source.SourceException {
        AdmittedCatalog admitted = Admission.of(snapshot, reading, denied, before, Set.of(), trailer);
        Set<ResourceId> held = admitted.held().entrySet().stream()
                .filter(each -> each.getValue().reason().equals(MassRemoval.REASON))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        if (held.isEmpty()) {
            return admitted;
        }
        Set<ResourceId> confirmed = confirmed(snapshot, held, before);
        return confirmed.isEmpty() ? admitted : Admission.of(snapshot, reading, denied, before, confirmed, trailer);
    }

    private Set<ResourceId> confirmed(Snapshot now, Set<ResourceId> removed, AdmittedCatalog before)
            throws Source.SourceException {
        Set<Revision> admittedAt = new HashSet<>();
        for (ResourceId id : removed) {
            Admitted form = before.specs().get(id);
            if (form != null) {
                admittedAt.add(form.form().revision());
            }
        }
        Set<ResourceId> confirmed = new TreeSet<>();
        for (Revision commit : source.saying(RemovalTrailer.NAME, trailer.value(), admittedAt, now.revision())) {
            confirmed.addAll(commit.equals(now.revision()) ? removed : absent(source.at(commit), now, removed));
        }
        return confirmed;
    }

    /** What of the removed an earlier commit lacked already: only files that differ from now could declare it there. */
    private Set<ResourceId> absent(Snapshot then, Snapshot now, Set<ResourceId> removed) throws Source.SourceException {
        Set<ResourceId> absent = new TreeSet<>(removed);
        SpecFiles files = specFiles(then);
        for (Map.Entry<String, String> each : then.blobs().entrySet()) {
            if (files.includes(each.getKey())
                    && !each.getValue().equals(now.blobs().get(each.getKey()))) {
                FileContents contents = read(then, each.getKey(), each.getValue());
                if (contents.unreadable()) {
                    // Nobody can tell what it declares.
                    return Set.of();
                }
                absent.removeAll(contents.named());
            }
        }
        return absent;
    }

    private static SpecFiles specFiles(Snapshot snapshot) throws Source.SourceException {
        try {
            return CatalogLoader.specFiles(snapshot);
        } catch (Snapshot.DamagedException damaged) {
            throw CatalogLoader.damaged(snapshot, damaged);
        }
    }

    private FileContents read(Snapshot snapshot, String file, String blob) throws Source.SourceException {
        try {
            return reader.read(file, snapshot.read(blob));
        } catch (IOException broken) {
            throw new Source.SourceException(
                    "Damaged", file + " of " + snapshot.revision().shortened() + " cannot be read", broken);
        }
    }
}
