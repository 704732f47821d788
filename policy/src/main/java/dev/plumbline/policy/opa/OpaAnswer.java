package dev.plumbline.policy.opa;

import dev.plumbline.policy.Decision;
import dev.plumbline.policy.Finding;
import dev.plumbline.policy.Gate;
import dev.plumbline.policy.Reason;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what OPA answers. One decision of exactly the expected shape is a decision; none is undefined; anything else is
 * unreadable. Stateless.
 */
final class OpaAnswer {
    private static final Set<String> DECISION = Set.of("gate", "allow", "findings");
    private static final Set<String> FINDING =
            Set.of("id", "controls", "severity", "message", "path", "remediation", "evidence");

    private OpaAnswer() {}

    /** The decision in a result set. */
    static Decision read(Gate gate, JsonNode results) {
        if (results.isArray() && results.isEmpty()) {
            return Decision.inconclusive(Reason.UNDEFINED, "the policy has no decision for this input");
        }
        try {
            require(results.isArray() && results.size() == 1, "not one result");
            JsonNode result = object(results.get(0), Set.of("result"), Set.of()).path("result");
            if (result.isNull() || (result.isContainer() && result.isEmpty())) {
                return Decision.inconclusive(Reason.EMPTY, "the policy answered with an empty decision");
            }
            return decision(gate, object(result, DECISION, Set.of("validUntil")));
        } catch (Unreadable unreadable) {
            return Decision.inconclusive(
                    unreadable.reason,
                    "the policy answered something that is not a decision: " + unreadable.getMessage());
        }
    }

    private static Decision decision(Gate gate, ObjectNode answer) throws Unreadable {
        require(text(answer.path("gate")).equals(gate.label()), "it is about another gate");
        JsonNode allow = answer.path("allow");
        require(allow.isBoolean(), "allow is neither true nor false");
        List<Finding> findings = new ArrayList<>();
        for (JsonNode finding : array(answer.path("findings"))) {
            findings.add(finding(object(finding, FINDING, Set.of())));
        }
        Decision decision = Decision.of(findings, instant(answer.get("validUntil")));
        require(allow.booleanValue() == (decision.reason() == Reason.ALLOWED), "allow contradicts the findings");
        return decision;
    }

    private static Finding finding(ObjectNode finding) throws Unreadable {
        List<String> controls = new ArrayList<>();
        for (JsonNode control : array(finding.path("controls"))) {
            controls.add(text(control));
        }
        require(finding.path("evidence") instanceof ObjectNode, "evidence is not an object");
        return new Finding(
                text(finding.path("id")),
                controls,
                severity(text(finding.path("severity"))),
                text(finding.path("message")),
                text(finding.path("path")),
                Optional.of(text(finding.path("remediation"))),
                (ObjectNode) finding.path("evidence"));
    }

    private static Finding.Severity severity(String label) throws Unreadable {
        for (Finding.Severity severity : Finding.Severity.values()) {
            if (severity.label().equals(label)) {
                return severity;
            }
        }
        throw new Unreadable(Reason.UNREADABLE, "a severity is neither deny nor warn");
    }

    private static Optional<Instant> instant(@Nullable JsonNode node) throws Unreadable {
        if (node == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text(node)));
        } catch (DateTimeParseException notATime) {
            throw new Unreadable(Reason.UNREADABLE, "validUntil is not a time");
        }
    }

    private static ObjectNode object(JsonNode node, Set<String> required, Set<String> optional) throws Unreadable {
        if (!(node instanceof ObjectNode object)) {
            throw new Unreadable(Reason.UNREADABLE, "an object is missing");
        }
        Set<String> names = new TreeSet<>(object.propertyNames());
        require(names.containsAll(required), "a field is missing");
        names.removeAll(required);
        names.removeAll(optional);
        if (!names.isEmpty()) {
            throw new Unreadable(Reason.UNEXPECTED_KEY, "a field is unknown");
        }
        return object;
    }

    private static JsonNode array(JsonNode node) throws Unreadable {
        require(node.isArray(), "a list is missing");
        return node;
    }

    private static String text(JsonNode node) throws Unreadable {
        require(node.isString(), "a text is missing");
        return node.stringValue();
    }

    private static void require(boolean holds, String otherwise) throws Unreadable {
        if (!holds) {
            throw new Unreadable(Reason.UNREADABLE, otherwise);
        }
    }

    /** What keeps an answer from being a decision. */
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private final Reason reason;

        Unreadable(Reason reason, String message) {
            super(message);
            this.reason = reason;
        }
    }
}
