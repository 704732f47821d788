package dev.plumbline.runtime.data;

import dev.plumbline.runtime.DataFile;
import dev.plumbline.runtime.DatasetReading;
import dev.plumbline.runtime.Datasets;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.ModelSpec;
import java.util.Optional;

/** Reads datasets on this machine. Thread-safe. */
public final class LocalDatasets implements Datasets {
    private final DatasetReader reader;

    /** Reads through this reader. */
    public LocalDatasets(DatasetReader reader) {
        this.reader = reader;
    }

    @Override
    public DatasetReading read(DatasetSpec dataset, Optional<ModelSpec> model, DataFile file)
            throws InterruptedException {
        return switch (reader.read(dataset, model, file)) {
            case RowReading.Rows rows ->
                new DatasetReading.Accepted(
                        rows.digest(),
                        rows.table().rows(),
                        rows.split().training().length,
                        rows.split().heldOut().length);
            case RowReading.Broken broken -> new DatasetReading.Rejected(broken.problems());
        };
    }
}
