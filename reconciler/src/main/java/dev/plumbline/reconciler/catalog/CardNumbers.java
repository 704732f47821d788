package dev.plumbline.reconciler.catalog;

import dev.plumbline.policy.VersionNumbers;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.runtime.MetricValue;
import dev.plumbline.schemas.card.ModelCard;
import dev.plumbline.schemas.model.Metric;
import dev.plumbline.schemas.model.VersionName;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the ledger knows of the versions whose numbers a card states. Nothing else counts as measured. */
public final class CardNumbers {
    private CardNumbers() {}

    /** By version as the card names it; what it names is no version at all is left to the schema of its head. */
    public static SortedMap<String, VersionNumbers> of(String model, ModelCard card, LedgerView ledger) {
        SortedMap<String, VersionNumbers> numbers = new TreeMap<>();
        for (String label : card.head().versions()) {
            VersionName.labelled(model, label).ifPresent(version -> numbers.put(label, of(version, ledger)));
        }
        return numbers;
    }

    private static VersionNumbers of(VersionName version, LedgerView ledger) {
        Optional<VersionEntry> entry = ledger.version(version);
        if (entry.isPresent()) {
            return new VersionNumbers.Measured(values(entry.get().evaluation().metrics()));
        }
        return version.number() <= ledger.highestNumber(version.model())
                ? new VersionNumbers.NotKept()
                : new VersionNumbers.NotRegistered();
    }

    private static Map<Metric, Double> values(Map<Metric, MetricValue> metrics) {
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        metrics.forEach((metric, measured) -> values.put(metric, measured.value()));
        return values;
    }
}
