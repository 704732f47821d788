package dev.plumbline.reconciler.queue;

import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.RunEntry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** How long the run of a model's newest version took, as the ledger has it. */
public final class EarlierRuns implements Function<String, Optional<Duration>> {
    private final Supplier<LedgerView> ledger;

    /** Runs of this ledger. */
    public EarlierRuns(Supplier<LedgerView> ledger) {
        this.ledger = ledger;
    }

    @Override
    public Optional<Duration> apply(String model) {
        LedgerView view = ledger.get();
        return view.versions(model).stream()
                .findFirst()
                .flatMap(version -> view.run(version.run()))
                .flatMap(EarlierRuns::took);
    }

    private static Optional<Duration> took(RunEntry run) {
        return run.finishedAt().map(end -> Duration.between(run.startedAt(), end));
    }
}
