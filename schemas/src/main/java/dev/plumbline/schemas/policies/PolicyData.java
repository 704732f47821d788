package dev.plumbline.schemas.policies;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.RiskTier;
import dev.plumbline.schemas.model.VersionName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an organisation adds to the rules, as {@value #FILE} of one revision says it. Immutable. */
public record PolicyData(
        List<PolicyException> exceptions, List<Revocation> revocations, SortedMap<RiskTier, Thresholds> thresholds) {
    /** Where it lies below the root of the specs. */
    public static final String FILE = "policies/data.yaml";

    /** Of an organisation that adds nothing. */
    public static final PolicyData NONE = new PolicyData(List.of(), List.of(), new TreeMap<>());

    public PolicyData {
        exceptions = List.copyOf(exceptions);
        revocations = List.copyOf(revocations);
        thresholds = Collections.unmodifiableSortedMap(new TreeMap<>(thresholds));
    }

    /** Why this version must not serve; empty when it may. */
    public Optional<String> revoked(VersionName version) {
        return revocations.stream()
                .filter(each -> each.version().equals(version))
                .map(Revocation::reason)
                .findFirst();
    }

    /** The exceptions that hold and end within this time. */
    public List<PolicyException> ending(Instant now, Duration within) {
        return exceptions.stream()
                .filter(each -> each.until().isAfter(now) && !each.until().isAfter(now.plus(within)))
                .toList();
    }

    /** As the rules see it, with every default and every day as the instants that it begins and ends with. */
    public ObjectNode toInput() {
        ObjectNode input = Json.object();
        ArrayNode excused = input.putArray("exceptions");
        for (PolicyException exception : exceptions) {
            ObjectNode each = excused.addObject();
            each.put("rule", exception.rule());
            each.put("resource", exception.resource());
            each.put("reason", exception.reason());
            each.put("owner", exception.owner());
            each.put("approver", exception.approver());
            each.put("from", exception.from().toString());
            each.put("until", exception.until().toString());
            each.put("expires", exception.expires().toString());
        }
        ArrayNode revoked = input.putArray("revocations");
        for (Revocation revocation : revocations) {
            ObjectNode each = revoked.addObject();
            each.put("version", revocation.version().toString());
            each.put("reason", revocation.reason());
        }
        ObjectNode numbers = input.putObject("thresholds");
        thresholds.forEach((tier, each) -> numbers.set(tier.label(), each.toInput()));
        return input;
    }

    /** Digest of what the rules see of it: comments and order of fields do not count. */
    public Digest digest() {
        return Json.digest(toInput());
    }
}
