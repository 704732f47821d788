package dev.plumbline.reconciler.catalog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.schemas.SpecReader;
import dev.plumbline.schemas.catalog.Declaration;
import dev.plumbline.schemas.files.SpecFiles;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.VersionName;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

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
    public Optional<Resource> resource(ResourceId id, Revision revision) {
        try {
            Snapshot snapshot = source.at(revision);
            // Reading thousands of files as YAML takes seconds; a name that no file spells plainly is spelt with
            // escapes.
            Optional<Resource> plain = find(snapshot, id, bytes -> new String(bytes, ISO_8859_1).contains(id.name()));
            return plain.isPresent() ? plain : find(snapshot, id, bytes -> true);
        } catch (Source.SourceException | IOException unreadable) {
            return Optional.empty();
        }
    }

    private Optional<Resource> find(Snapshot snapshot, ResourceId id, Predicate<byte[]> worthReading)
            throws IOException {
        SpecFiles files = CatalogLoader.specFiles(snapshot);
        for (Map.Entry<String, String> each : snapshot.blobs().entrySet()) {
            if (files.includes(each.getKey())) {
                byte[] bytes = snapshot.read(each.getValue());
                Optional<Resource> found = worthReading.test(bytes) ? find(each.getKey(), bytes, id) : Optional.empty();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
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
            return find(file, snapshot.read(blob.get()), serving)
                    .map(resource -> ((ServingSpec) resource.spec()).named())
                    .orElse(otherwise);
        } catch (IOException failure) {
            throw new Source.SourceException(
                    "Damaged", file + " of " + revision.shortened() + " cannot be read", failure);
        }
    }

    private Optional<Resource> find(String file, byte[] bytes, ResourceId id) {
        return reader.read(file, bytes).declarations().stream()
                .map(Declaration::resource)
                .filter(each -> each.id().equals(id))
                .findFirst();
    }
}
