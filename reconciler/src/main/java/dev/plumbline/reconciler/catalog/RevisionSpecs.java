package dev.plumbline.reconciler.catalog;

import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.schemas.SpecReader;
import dev.plumbline.schemas.catalog.Declaration;
import dev.plumbline.schemas.files.SpecFiles;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.VersionName;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** {@link PastSpecs} read from the revisions themselves. Thread-safe. */
public final class RevisionSpecs implements PastSpecs {
    private final Source source;
    private final SpecReader reader;

    /** Specs at the revisions of this source. */
    public RevisionSpecs(Source source, SpecReader reader) {
        this.source = source;
        this.reader = reader;
    }

    @Override
    public Optional<DatasetSpec> dataset(String name, Revision revision) {
        ResourceId id = new ResourceId(Kind.DATASET, name);
        try {
            Snapshot snapshot = source.at(revision);
            SpecFiles files = CatalogLoader.specFiles(snapshot);
            for (Map.Entry<String, String> each : snapshot.blobs().entrySet()) {
                if (files.includes(each.getKey())) {
                    Optional<Resource> found = find(snapshot, each.getKey(), each.getValue(), id);
                    if (found.isPresent()) {
                        return found.map(resource -> (DatasetSpec) resource.spec());
                    }
                }
            }
            return Optional.empty();
        } catch (Source.SourceException | IOException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<VersionName> named(
            ResourceId serving, String file, Revision revision, Optional<VersionName> otherwise)
            throws Source.SourceException {
        Snapshot snapshot = source.at(revision);
        Optional<String> blob = Optional.ofNullable(snapshot.blobs().get(file));
        if (blob.isEmpty()) {
            return otherwise;
        }
        try {
            return find(snapshot, file, blob.get(), serving)
                    .map(resource -> ((ServingSpec) resource.spec()).named())
                    .orElse(otherwise);
        } catch (IOException failure) {
            throw new Source.SourceException(
                    "Damaged", file + " of " + revision.shortened() + " cannot be read", failure);
        }
    }

    private Optional<Resource> find(Snapshot snapshot, String file, String blob, ResourceId id) throws IOException {
        return reader.read(file, snapshot.read(blob)).declarations().stream()
                .map(Declaration::resource)
                .filter(each -> each.id().equals(id))
                .findFirst();
    }
}
