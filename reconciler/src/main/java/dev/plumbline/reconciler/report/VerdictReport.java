package dev.plumbline.reconciler.report;

import dev.plumbline.policy.Verdict;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.VerdictEntry;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What a gate answered, as {@code plumb describe verdict/ID} shows it. */
public final class VerdictReport {
    private VerdictReport() {}

    /** The verdict as it was recorded, and when. */
    public static ObjectNode of(VerdictEntry entry) {
        ObjectNode json = entry.verdict().deepCopy();
        json.put("recordedAt", entry.recordedAt().toString());
        return json;
    }

    /** What an allowance warned of; nothing when the head does not hold it any more. */
    static List<String> warnings(LedgerView ledger, Digest id) {
        return ledger.verdict(id).stream()
                .filter(entry -> entry.verdict().has("findings"))
                .map(entry -> Json.convert(entry.verdict(), Verdict.class))
                .flatMap(verdict -> verdict.warnings().stream())
                .toList();
    }
}
