package dev.plumbline.reconciler.catalog;

import dev.plumbline.reconciler.source.Source;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.VersionName;
import java.util.Optional;

/** What specs said at earlier revisions. Thread-safe. */
public interface PastSpecs {
    /** The resource as it stood then; empty when there was none, or none that could be read. */
    Optional<Resource> resource(ResourceId id, Revision revision);

    /** The Dataset of this name as it stood then; empty when there was none, or none that could be read. */
    default Optional<DatasetSpec> dataset(String name, Revision revision) {
        return resource(new ResourceId(Kind.DATASET, name), revision).map(resource -> (DatasetSpec) resource.spec());
    }

    /**
     * The version that a Serving named in this file then.
     *
     * @param otherwise what to answer when the file could not be read then, or did not hold the Serving
     */
    Optional<VersionName> named(ResourceId serving, String file, Revision revision, Optional<VersionName> otherwise)
            throws Source.SourceException;
}
