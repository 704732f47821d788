package dev.plumbline.reconciler.api;

import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.ledger.DatasetEntry;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.SuspensionEntry;
import dev.plumbline.reconciler.ledger.VerdictEntry;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.VersionName;
import java.util.List;
import java.util.Optional;

/** A ledger of a handful of entries. */
record SampleLedger(
        List<RunEntry> runs,
        List<VersionEntry> registered,
        List<EndpointEntry> endpoints,
        List<VerdictEntry> verdicts,
        List<EventEntry> happened)
        implements LedgerView {
    @Override
    public Optional<RunEntry> run(RunId run) {
        return runs.stream().filter(each -> each.run().equals(run)).findFirst();
    }

    @Override
    public Optional<VersionEntry> version(VersionName version) {
        return registered.stream()
                .filter(each -> each.version().equals(version))
                .findFirst();
    }

    @Override
    public List<VersionEntry> versions(String model) {
        return registered.stream()
                .filter(each -> each.version().model().equals(model))
                .toList();
    }

    @Override
    public Optional<VersionName> versionOf(String model, RunId run) {
        return run(run).flatMap(RunEntry::version);
    }

    @Override
    public int highestNumber(String model) {
        return versions(model).size();
    }

    @Override
    public Optional<EndpointEntry> endpoint(String serving) {
        return endpoints.stream().filter(each -> each.serving().equals(serving)).findFirst();
    }

    @Override
    public Optional<VerdictEntry> verdict(Digest id) {
        return verdicts.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    @Override
    public List<VerdictEntry> verdicts(String digits) {
        return verdicts.stream()
                .filter(each -> each.id().hex().startsWith(digits))
                .toList();
    }

    @Override
    public Optional<DatasetEntry> dataset(Digest key) {
        return Optional.empty();
    }

    @Override
    public Optional<SuspensionEntry> suspension(Optional<ResourceId> resource) {
        return Optional.empty();
    }

    @Override
    public List<SuspensionEntry> suspensions() {
        return List.of();
    }

    @Override
    public Optional<AdmissionEntry> admission() {
        return Optional.empty();
    }

    @Override
    public List<EventEntry> events(Optional<ResourceId> resource, int limit) {
        return happened.stream()
                .filter(each -> resource.isEmpty() || resource.get().equals(each.resource()))
                .limit(limit)
                .toList();
    }
}
