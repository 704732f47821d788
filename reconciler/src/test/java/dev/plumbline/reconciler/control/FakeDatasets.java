package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.fixture.Records;
import dev.plumbline.runtime.DataFile;
import dev.plumbline.runtime.DatasetReading;
import dev.plumbline.runtime.DatasetReading.DataProblem;
import dev.plumbline.runtime.Datasets;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.ModelSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes any file as it is, but for one that says that it is bad. Thread-safe. */
public final class FakeDatasets implements Datasets {
    private final AtomicInteger readings = new AtomicInteger();

    public int readings() {
        return readings.get();
    }

    @Override
    public DatasetReading read(DatasetSpec dataset, Optional<ModelSpec> model, DataFile file) {
        readings.incrementAndGet();
        try {
            String text = Files.readString(file.path());
            return text.contains("BAD")
                    ? new DatasetReading.Rejected(List.of(new DataProblem(
                            "value-out-of-range",
                            Optional.of("tenure"),
                            "a tenure is no number",
                            Optional.of("mend the row"),
                            1,
                            List.of("BAD"))))
                    : new DatasetReading.Accepted(Records.digest("rows of " + text), 100, 75, 25);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
