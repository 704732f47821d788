package dev.plumbline.reconciler.catalog;

import dev.plumbline.reconciler.catalog.AdmittedCatalog.Admitted;
import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.ledger.AdmissionEntry.Form;
import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.schemas.SpecReader;
import dev.plumbline.schemas.catalog.Declaration;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was acted on of a revision when it was admitted: what it says itself, but for what it held back. */
public final class FormerAdmission {
    private final CatalogLoader loader;
    private final SpecReader reader;

    /** Reads specs by these. */
    public FormerAdmission(CatalogLoader loader, SpecReader reader) {
        this.loader = loader;
        this.reader = reader;
    }

    /**
     * The catalog over which that revision is admitted again as it was.
     *
     * @param snapshot of the revision that was admitted
     * @throws Source.SourceException when a form cannot be read
     */
    public AdmittedCatalog of(AdmissionEntry admission, Snapshot snapshot) throws Source.SourceException {
        SortedMap<ResourceId, Admitted> forms = admittedThen(snapshot, admission);
        for (Map.Entry<ResourceId, Form> each : admission.heldBack().entrySet()) {
            find(each.getKey(), each.getValue(), snapshot)
                    .ifPresent(resource -> forms.put(each.getKey(), new Admitted(resource, each.getValue())));
        }
        return new AdmittedCatalog(Optional.empty(), forms, new TreeMap<>());
    }

    /** What the revision itself says and was let in: the rules of now have no say in that. */
    private SortedMap<ResourceId, Admitted> admittedThen(Snapshot snapshot, AdmissionEntry entry)
            throws Source.SourceException {
        SortedMap<ResourceId, Admitted> forms = new TreeMap<>();
        if (entry.unadmitted().isPresent()) {
            for (Resource resource : loader.load(snapshot).catalog().resources()) {
                if (!entry.unadmitted().get().contains(resource.id())
                        && !entry.heldBack().containsKey(resource.id())) {
                    String blob = Objects.requireNonNull(snapshot.blobs().get(resource.file()));
                    forms.put(
                            resource.id(),
                            new Admitted(
                                    resource,
                                    new Form(snapshot.revision(), resource.file(), blob, resource.document()),
                                    PolicyAdmission.cardBlob(resource, snapshot)));
                }
            }
        }
        return forms;
    }

    private Optional<Resource> find(ResourceId id, Form form, Snapshot snapshot) throws Source.SourceException {
        try {
            return reader.read(form.file(), snapshot.read(form.blob())).declarations().stream()
                    .map(Declaration::resource)
                    .filter(each -> each.id().equals(id))
                    .findFirst();
        } catch (IOException failure) {
            throw new Source.SourceException("Damaged", "the last admitted form of " + id + " cannot be read", failure);
        }
    }
}
