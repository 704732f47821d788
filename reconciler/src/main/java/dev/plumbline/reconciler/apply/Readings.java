package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.ledger.DatasetEntry;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.runtime.DataFile;
import dev.plumbline.runtime.DatasetReading;
import dev.plumbline.runtime.Datasets;
import dev.plumbline.schemas.fault.Failpoint;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ModelSpec;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads each data file once for each way of reading it: accepted readings are kept in the ledger, rejected ones in
 * memory. Thread-safe.
 */
public final class Readings {
    private static final int LOCKS = 64;
    private static final int MOST_REJECTED = 10_000;

    private final Datasets datasets;
    private final Ledger ledger;
    private final ExecutorService nativeWork;
    private final Map<Digest, DatasetReading> rejected = new ConcurrentHashMap<>();
    private final List<ReentrantLock> reading =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

    /**
     * Readings through this port.
     *
     * @param nativeWork platform threads: native code would pin virtual ones
     */
    public Readings(Datasets datasets, Ledger ledger, ExecutorService nativeWork) {
        this.datasets = datasets;
        this.ledger = ledger;
        this.nativeWork = nativeWork;
    }

    /** What the file holds, read as the spec says for this model. */
    public DatasetReading read(DatasetSpec spec, Optional<ModelSpec> model, DataFile file)
            throws Ledger.LedgerException, InterruptedException {
        Digest key = key(spec, model, file);
        ReentrantLock alone = reading.get(Math.floorMod(key.hashCode(), LOCKS));
        alone.lockInterruptibly();
        try {
            return read(key, spec, model, file);
        } finally {
            alone.unlock();
        }
    }

    private DatasetReading read(Digest key, DatasetSpec spec, Optional<ModelSpec> model, DataFile file)
            throws Ledger.LedgerException, InterruptedException {
        Optional<DatasetEntry> kept = ledger.view().dataset(key);
        if (kept.isPresent()) {
            DatasetEntry entry = kept.get();
            return new DatasetReading.Accepted(entry.digest(), entry.rows(), entry.trainingRows(), entry.heldOutRows());
        }
        DatasetReading known = rejected.get(key);
        if (known != null) {
            return known;
        }
        DatasetReading made = call(() -> datasets.read(spec, model, file));
        Failpoint.DATA_READ.hit();
        switch (made) {
            case DatasetReading.Accepted accepted ->
                ledger.record(Transition.of(
                        "read a dataset of " + accepted.rows() + " rows",
                        new DatasetEntry(
                                key,
                                accepted.digest(),
                                accepted.rows(),
                                accepted.trainingRows(),
                                accepted.heldOutRows())));
            case DatasetReading.Rejected bad -> {
                if (rejected.size() >= MOST_REJECTED) {
                    rejected.clear();
                }
                rejected.put(key, bad);
            }
        }
        return made;
    }

    /**
     * Runs native work on a platform thread.
     *
     * @throws UncheckedIOException when the work does
     */
    <T> T call(Callable<T> work) throws InterruptedException {
        Future<T> future = nativeWork.submit(work);
        try {
            return future.get();
        } catch (InterruptedException stop) {
            future.cancel(true);
            throw stop;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof InterruptedException) {
                throw new InterruptedException("the work was interrupted");
            }
            if (failure.getCause() instanceof UncheckedIOException broken) {
                throw new UncheckedIOException(String.valueOf(broken.getMessage()), broken.getCause());
            }
            throw new IllegalStateException("native work failed", failure.getCause());
        }
    }

    private static Digest key(DatasetSpec spec, Optional<ModelSpec> model, DataFile file) {
        ObjectNode json = Json.object();
        json.put("file", file.digest().value());
        json.set("spec", Json.tree(spec));
        model.ifPresent(each -> {
            json.put("task", each.task().label());
            json.set("sensitive", Json.tree(each.sensitive()));
        });
        return Json.digest(json);
    }
}
