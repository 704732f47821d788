package dev.plumbline.reconciler.apply;

import dev.plumbline.policy.Measure;
import dev.plumbline.policy.PromotionEvidence;
import dev.plumbline.policy.Question;
import dev.plumbline.policy.Verdict;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.runtime.Comparison;
import dev.plumbline.runtime.MetricValue;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Metric;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.model.VersionName;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Asks the promotion gate whether a version may move into an endpoint. */
public final class PromotionGate {
    private final Ledger ledger;
    private final Verdicts verdicts;
    private final VersionComparisons comparisons;

    /** Questions answered by these verdicts. */
    public PromotionGate(Ledger ledger, Verdicts verdicts, VersionComparisons comparisons) {
        this.ledger = ledger;
        this.verdicts = verdicts;
        this.comparisons = comparisons;
    }

    /**
     * The recorded verdict on this version in this endpoint.
     *
     * @param current what serves there now
     * @param rollback whether the endpoint already served the candidate as stable
     * @throws DataFiles.Unavailable when the rows to compare on cannot be had
     */
    public Verdict decide(Resource serving, VersionEntry candidate, Optional<VersionEntry> current, boolean rollback)
            throws Ledger.LedgerException, InterruptedException, DataFiles.Unavailable {
        ServingSpec spec = (ServingSpec) serving.spec();
        Optional<PromotionEvidence.Compared> compared = Optional.empty();
        // A rollback waits for no measurement: metric rules only warn of it.
        if (!rollback && current.isPresent() && !current.get().digest().equals(candidate.digest())) {
            Metric metric = spec.promotion()
                    .metric()
                    .orElseGet(() -> usual(candidate.inputs().task()));
            compared = Optional.of(evidence(comparisons.compare(metric, candidate, current.get())));
        }
        LedgerView view = ledger.view();
        PromotionEvidence evidence = new PromotionEvidence(
                serving.id().name(),
                new PromotionEvidence.Candidate(
                        candidate.version(), candidate.digest(), verdicts.recorded(candidate.verdict())),
                current.map(VersionEntry::version),
                compared,
                spec.promotion().tolerance(),
                rollback);
        Map<String, Digest> refers = new TreeMap<>();
        refers.put("run", candidate.run().digest());
        refers.put("registration", candidate.verdict());
        current.map(VersionEntry::version)
                .flatMap(view::version)
                .ifPresent(each -> refers.put("current", each.digest()));
        Verdict verdict = verdicts.decide(Question.about(
                serving.id() + "@" + candidate.version(), evidence, refers, Optional.of(candidate.digest())));
        return rollback && !verdict.reason().conclusive()
                ? formerly(serving, candidate).orElse(verdict)
                : verdict;
    }

    /**
     * The verdict under which exactly this model served there before, if it is registered and not revoked: no rule asks more of
     * a rollback.
     * The way back must be open on the very day on which the policy engine does not answer.
     */
    private Optional<Verdict> formerly(Resource serving, VersionEntry candidate) {
        boolean registered = verdicts.recorded(candidate.verdict())
                .filter(Verdict::allowed)
                .filter(verdict -> verdict.model().equals(Optional.of(candidate.digest())))
                .isPresent();
        if (!registered || verdicts.revoked(candidate.version())) {
            return Optional.empty();
        }
        return ledger.view().endpoint(serving.id().name()).stream()
                .flatMap(entry -> entry.history().reversed().stream())
                .filter(service -> service.version().equals(candidate.version())
                        && service.digest().equals(candidate.digest()))
                .flatMap(service -> verdicts.recorded(service.verdict()).stream())
                .filter(Verdict::allowed)
                .findFirst();
    }

    /** The version that an endpoint's last known stable one is compared as. */
    Optional<VersionEntry> stable(String serving) {
        LedgerView view = ledger.view();
        return view.endpoint(serving)
                .flatMap(entry -> entry.stable())
                .map(service -> service.version())
                .flatMap((VersionName version) -> view.version(version));
    }

    private static Metric usual(Task task) {
        return switch (task) {
            case BINARY_CLASSIFICATION, MULTICLASS_CLASSIFICATION -> Metric.AUC;
            case REGRESSION -> Metric.R2;
        };
    }

    private static PromotionEvidence.Compared evidence(Comparison comparison) throws DataFiles.Unavailable {
        return switch (comparison) {
            case Comparison.Measured measured ->
                new PromotionEvidence.Measured(
                        measured.metric(), measured.candidate(), measured.serving(), measure(measured.difference()));
            case Comparison.NotEnoughData few -> new PromotionEvidence.NotEnoughData(few.metric(), few.rows());
            case Comparison.ServingLost lost -> new PromotionEvidence.ServingLost(lost.metric(), lost.artifact());
            case Comparison.CandidateLost lost ->
                throw new DataFiles.Unavailable(
                        RestoreAction.LOST,
                        "the artifact " + lost.artifact() + " of the version to promote is no longer stored whole, so"
                                + " it cannot be compared with what serves: `plumb status` says whether it is made"
                                + " again",
                        false);
        };
    }

    private static Measure measure(MetricValue value) {
        return new Measure(value.value(), value.low(), value.high(), value.n());
    }
}
