package dev.plumbline.policy.opa;

import dev.plumbline.policy.Decision;
import dev.plumbline.policy.Gate;
import dev.plumbline.policy.Reason;
import dev.plumbline.policy.opa.OpaExchange.Said;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what an OPA server says. Only an answer that our policy gave, and a server that takes no other, is believed.
 * Stateless.
 */
final class OpaReplies {
    /** What the bundle of our policy is called in the server's configuration. */
    static final String BUNDLE = "plumbline";

    /** Earlier ones can be made to take a bundle whose signature was stripped (GHSA-g2pf-6v5v-qcc8). */
    private static final int[] OLDEST = {1, 21, 3};

    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})([-+].*)?");

    /** One of them is in whatever OPA says of a bundle whose signature is missing, of another key, or of other files. */
    private static final List<String> SIGNATURE_WORDS = List.of("signature", "verif", "digest mismatch");

    private OpaReplies() {}

    /** The answer to a question. */
    static Decision decision(Gate gate, Digest policy, Said said) {
        if (said.status() != 200) {
            return failed(said);
        }
        if (said.json().isEmpty()) {
            return Decision.inconclusive(Reason.UNPARSABLE, "the OPA server answered something that is not JSON");
        }
        ObjectNode answer = said.object();
        JsonNode revision =
                answer.path("provenance").path("bundles").path(BUNDLE).path("revision");
        if (!revision.isString()) {
            return Decision.inconclusive(Reason.NO_REVISION, "the OPA server has no policy of ours");
        }
        if (!revision.stringValue().equals(policy.value())) {
            return Decision.inconclusive(
                    Reason.WRONG_REVISION,
                    "the OPA server has another policy than " + policy.shortened() + ", such as an earlier one");
        }
        ArrayNode results = Json.array();
        if (answer.has("result")) {
            results.addObject().set("result", answer.path("result"));
        }
        return OpaAnswer.read(gate, results);
    }

    /** By which id its log knows the answer. */
    static String id(Said said) {
        JsonNode id = said.object().path("decision_id");
        return id.isString() && id.stringValue().matches("[A-Za-z0-9-]{1,64}") ? id.stringValue() : "none";
    }

    private static Decision failed(Said said) {
        JsonNode errors = said.object().path("errors");
        boolean evaluation = errors.valueStream()
                .anyMatch(error -> error.path("code").asString("").startsWith("eval_"));
        return evaluation
                ? Decision.inconclusive(Reason.ERROR, "the evaluation of the policy failed; OPA's log says why")
                : Decision.inconclusive(Reason.REFUSED, "the OPA server answered with the status " + said.status());
    }

    /** Why a server of this configuration ({@code GET /v1/config}) is not to be believed. */
    static Optional<Decision> distrust(Said said) {
        JsonNode configuration = said.object().path("result");
        if (said.status() != 200 || !configuration.isObject()) {
            return Optional.of(Decision.inconclusive(
                    said.status() == 200 ? Reason.UNPARSABLE : Reason.REFUSED,
                    "the OPA server does not tell its configuration, but answers with the status " + said.status()));
        }
        if (!supported(configuration.path("labels").path("version").asString(""))) {
            return Optional.of(Decision.inconclusive(
                    Reason.UNSIGNED,
                    "the OPA server is older than 1.21.3 and can be made to take policies without a signature"));
        }
        JsonNode signing = configuration.path("bundles").path(BUNDLE).path("signing");
        boolean checks = !signing.path("keyid").asString("").isBlank()
                && signing.path("exclude_files").isEmpty();
        return checks
                ? Optional.empty()
                : Optional.of(Decision.inconclusive(
                        Reason.UNSIGNED,
                        "the OPA server would take policies without a signature: give its bundle " + BUNDLE
                                + " a signing.keyid and no exclude_files"));
    }

    private static boolean supported(String version) {
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches()) {
            return false;
        }
        for (int part = 0; part < OLDEST.length; part++) {
            int compared = Integer.compare(Integer.parseInt(parts.group(part + 1)), OLDEST[part]);
            if (compared != 0) {
                return compared > 0;
            }
        }
        return true;
    }

    /** Whether the server says ({@code GET /v1/status}) that it refused our bundle for its signature. */
    static boolean refusedBundle(Said said) {
        JsonNode bundle = said.object().path("result").path("bundles").path(BUNDLE);
        String message = bundle.path("message").asString("");
        return !bundle.path("code").asString("").isEmpty()
                && SIGNATURE_WORDS.stream().anyMatch(message::contains);
    }
}
