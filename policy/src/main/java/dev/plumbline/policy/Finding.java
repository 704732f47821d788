package dev.plumbline.policy;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.plumbline.schemas.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one rule has to say.
 *
 * @param id name of the rule, such as {@code owner-present}
 * @param controls what the rule implements, by the ids of the control catalogue
 * @param path JSON pointer of what it is about, within the judged document
 * @param remediation what to do about it
 * @param evidence what the rule saw; not to be modified
 */
public record Finding(
        String id,
        List<String> controls,
        Severity severity,
        String message,
        String path,
        Optional<String> remediation,
        ObjectNode evidence) {
    /** Denials first, then by rule and place; total over findings of one decision. */
    public static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .thenComparing(Finding::id)
            .thenComparing(Finding::path)
            .thenComparing(Finding::message)
            .thenComparing(finding -> finding.evidence().toString());

    public Finding {
        controls = controls.stream().sorted().toList();
        // Canonical, so that a finding equals what is read back from its record.
        evidence = (ObjectNode) Json.read(Json.canonical(evidence));
    }

    /** Whether a finding blocks. */
    public enum Severity {
        /** Blocks. */
        DENY("deny"),
        /** Is said, and blocks nothing. */
        WARN("warn");

        private final String label;

        Severity(String label) {
            this.label = label;
        }

        /** The severity in JSON and in Rego. */
        @JsonValue
        public String label() {
            return label;
        }
    }
}
