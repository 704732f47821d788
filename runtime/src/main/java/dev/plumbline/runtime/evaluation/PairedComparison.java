package dev.plumbline.runtime.evaluation;

import dev.plumbline.runtime.ArtifactStore;
import dev.plumbline.runtime.Comparison;
import dev.plumbline.runtime.Comparisons;
import dev.plumbline.runtime.MetricValue;
import dev.plumbline.runtime.data.DatasetReader;
import dev.plumbline.runtime.data.RowReading;
import dev.plumbline.runtime.data.Table;
import dev.plumbline.runtime.data.TrainingRows;
import dev.plumbline.runtime.evaluation.Intervals.Interval;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.RiskTier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Compares two models on the candidate's held-out rows, without every row that the serving version learnt from.
 *
 * <p>Rows are recognised by their hash, which takes in the declared columns: where candidate and serving version were
 * trained on different columns, nobody can tell what the serving version has seen, and the answer is that there is not
 * enough data. The same where fewer than {@value #MINIMUM_ROWS} rows remain, or fewer than {@value #MINIMUM_OF_CLASS} of a
 * class (with more than two classes: of all classes but one). Otherwise both models predict the same rows, and the interval of the
 * difference is a paired bootstrap: each resample draws rows and measures both models on them. Thread-safe.
 */
public final class PairedComparison {
    static final int MINIMUM_ROWS = 50;
    static final int MINIMUM_OF_CLASS = 10;

    private final DatasetReader reader;
    private final ArtifactStore artifacts;
    private final Function<Path, Predictor> models;

    /**
     * A comparison over these.
     *
     * @param models loads an artifact's file
     */
    public PairedComparison(DatasetReader reader, ArtifactStore artifacts, Function<Path, Predictor> models) {
        this.reader = reader;
        this.artifacts = artifacts;
        this.models = models;
    }

    /** How the two compare, or which of them is lost. */
    public Comparison compare(Comparisons.Request request) throws InterruptedException {
        Optional<Path> seen = file(request.servingTrainingRows());
        if (seen.isEmpty()) {
            return new Comparison.ServingLost(request.metric(), request.servingTrainingRows());
        }
        Optional<Path> serving = file(request.serving());
        if (serving.isEmpty()) {
            return new Comparison.ServingLost(request.metric(), request.serving());
        }
        Optional<Path> candidate = file(request.candidate());
        if (candidate.isEmpty()) {
            return new Comparison.CandidateLost(request.candidate());
        }
        return compare(request, new Stored(candidate.get(), serving.get(), seen.get()));
    }

    /** The files of what is compared. */
    private record Stored(Path candidate, Path serving, Path servingTrainingRows) {}

    private Comparison compare(Comparisons.Request request, Stored stored) throws InterruptedException {
        ModelSpec model = new ModelSpec(request.task(), RiskTier.LOW, Optional.empty(), List.of());
        return switch (reader.read(request.dataset(), Optional.of(model), request.data())) {
            case RowReading.Broken broken ->
                new Comparison.NotEnoughData(
                        request.metric(),
                        0,
                        "The candidate's dataset cannot be read: "
                                + broken.problems().getFirst().message());
            case RowReading.Rows rows -> compare(request, stored, rows);
        };
    }

    private Comparison compare(Comparisons.Request request, Stored stored, RowReading.Rows rows)
            throws InterruptedException {
        TrainingRows seen = seen(stored.servingTrainingRows());
        if (!seen.comparable(rows.hashes())) {
            return new Comparison.NotEnoughData(
                    request.metric(),
                    0,
                    "The serving version learnt from other columns, so the rows that it has seen cannot be told.");
        }
        Table unseen = rows.table()
                .select(Arrays.stream(rows.split().heldOut())
                        .filter(row -> !seen.contains(rows.hashes(), row))
                        .toArray());
        Optional<String> tooFew = TooFew.rows(request, unseen);
        if (tooFew.isPresent()) {
            return new Comparison.NotEnoughData(request.metric(), unseen.rows(), tooFew.get());
        }
        Truth truth = Truth.of(
                request.task(), request.dataset().label(), request.dataset().positive(), unseen);
        Alignment aligned = Alignment.of(truth, predict(stored.candidate(), unseen), predict(stored.serving(), unseen));
        return compare(request, Measures.of(truth, aligned.candidate()), Measures.of(truth, aligned.serving()));
    }

    private static Comparison compare(Comparisons.Request request, Measures candidate, Measures serving)
            throws InterruptedException {
        Optional<Double> ofCandidate = Optional.ofNullable(candidate.ofAll().get(request.metric()));
        Optional<Double> ofServing = Optional.ofNullable(serving.ofAll().get(request.metric()));
        if (ofCandidate.isEmpty() || ofServing.isEmpty()) {
            return new Comparison.NotEnoughData(
                    request.metric(),
                    candidate.rows(),
                    "The metric " + request.metric().label() + " is undefined on these rows.");
        }
        double sign = request.metric().higherIsBetter() ? 1 : -1;
        double[] differences = new double[Intervals.resamples(candidate.rows())];
        int[] defined = {0};
        Intervals.bootstrap(candidate.rows(), new SplittableRandom(request.seed()), weights -> {
            Double one = candidate.of(weights).get(request.metric());
            Double other = serving.of(weights).get(request.metric());
            if (one != null && other != null) {
                differences[defined[0]++] = sign * (one - other);
            }
        });
        if (defined[0] == 0) {
            return new Comparison.NotEnoughData(
                    request.metric(),
                    candidate.rows(),
                    "The metric " + request.metric().label() + " is undefined on every resample of these rows.");
        }
        Interval interval = Intervals.middle(Arrays.copyOf(differences, defined[0]));
        return new Comparison.Measured(
                request.metric(),
                ofCandidate.get(),
                ofServing.get(),
                new MetricValue(
                        sign * (ofCandidate.get() - ofServing.get()),
                        interval.low(),
                        interval.high(),
                        candidate.rows()));
    }

    private Predictions predict(Path model, Table rows) {
        try (Predictor predictor = models.apply(model)) {
            return predictor.predict(rows);
        }
    }

    private static TrainingRows seen(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return TrainingRows.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the serving version's training rows cannot be read", e);
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
