package dev.plumbline.runtime.evaluation.fairness;

import dev.plumbline.runtime.ArtifactStore;
import dev.plumbline.runtime.Comparison;
import dev.plumbline.runtime.Comparisons;
import dev.plumbline.runtime.Fairness;
import dev.plumbline.runtime.RunInputs;
import dev.plumbline.runtime.data.DatasetReader;
import dev.plumbline.runtime.data.RowReading;
import dev.plumbline.runtime.data.Table;
import dev.plumbline.runtime.evaluation.Grouping;
import dev.plumbline.runtime.evaluation.PairedComparison;
import dev.plumbline.runtime.evaluation.Predictor;
import dev.plumbline.runtime.evaluation.Truth;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.RiskTier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Compares stored artifacts on the rows of their datasets. Thread-safe. */
public final class HeldOutComparisons implements Comparisons {
    private final PairedComparison pairs;
    private final DatasetReader reader;
    private final ArtifactStore artifacts;
    private final Function<Path, Predictor> models;

    /**
     * Comparisons over these.
     *
     * @param models loads an artifact's file
     */
    public HeldOutComparisons(DatasetReader reader, ArtifactStore artifacts, Function<Path, Predictor> models) {
        this.pairs = new PairedComparison(reader, artifacts, models);
        this.reader = reader;
        this.artifacts = artifacts;
        this.models = models;
    }

    @Override
    public Comparison compare(Request request) throws InterruptedException {
        return pairs.compare(request);
    }

    @Override
    public Optional<Fairness> groups(GroupsRequest request) throws InterruptedException {
        Optional<Path> artifact = file(request.artifact());
        return artifact.isEmpty() ? Optional.empty() : groups(request, artifact.get());
    }

    private Optional<Fairness> groups(GroupsRequest request, Path artifact) throws InterruptedException {
        ModelSpec model = new ModelSpec(request.run().task(), RiskTier.LOW, Optional.empty(), request.sensitive());
        return switch (reader.read(request.dataset(), Optional.of(model), request.data())) {
            case RowReading.Rows rows when knows(rows, request) -> groups(rows, request, artifact);
            case RowReading.Rows others -> Optional.empty();
            case RowReading.Broken broken -> Optional.empty();
        };
    }

    private static boolean knows(RowReading.Rows rows, GroupsRequest request) {
        return rows.digest().equals(request.run().dataset())
                && request.sensitive().stream().allMatch(rows.table()::has);
    }

    private Optional<Fairness> groups(RowReading.Rows rows, GroupsRequest request, Path artifact)
            throws InterruptedException {
        RunInputs run = request.run();
        int[] chosen = rows.hashes().ordered(rows.split().heldOut());
        Table heldOut = rows.table().select(chosen);
        List<Grouping> sensitive =
                Grouping.of(rows.table(), request.sensitive(), request.dataset().schema(), chosen);
        try (Predictor predictor = models.apply(artifact)) {
            return FairnessMeasurement.of(
                    Truth.of(run.task(), run.label(), run.positive(), heldOut),
                    predictor.predict(heldOut),
                    sensitive,
                    new RunRandomness(run.id()));
        }
    }

    private Optional<Path> file(Digest artifact) {
        try {
            return artifacts.find(artifact);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
