package dev.plumbline.reconciler.api;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A decision as an OPA server reports it, without what it was about: of input and result only the digests are kept. The
 * digest of an input is that of the evidence of the verdict.
 *
 * @param id by which the OPA server's own log knows it
 * @param policy the revision of our bundle, as that server has it
 */
record LoggedDecision(String id, String policy, String outcome, Optional<Digest> input, Optional<Digest> result) {
    private static final Logger LOG = LoggerFactory.getLogger(LoggedDecision.class);

    /** What OPA sends at once has at most 32 KiB, compressed. */
    private static final int LARGEST = 8 << 20;

    /** Reads a JSON array of decisions, as OPA's decision log uploads it. */
    static List<LoggedDecision> read(byte[] body, boolean compressed) throws ApiError {
        JsonNode events;
        try {
            events = Json.read(compressed ? unpacked(body) : body);
        } catch (IOException | JacksonException unreadable) {
            throw unreadable();
        }
        if (!events.isArray() || !events.valueStream().allMatch(JsonNode::isObject)) {
            throw unreadable();
        }
        List<LoggedDecision> decisions = new ArrayList<>();
        events.forEach(event -> decisions.add(of(event)));
        return decisions;
    }

    private static byte[] unpacked(byte[] body) throws IOException, ApiError {
        try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] bytes = stream.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new ApiError(413, "too-large", "the body is too large once it is unpacked");
            }
            return bytes;
        }
    }

    private static ApiError unreadable() {
        return ApiError.badRequest("the body is no JSON array of decisions", "send what OPA's decision_logs sends");
    }

    private static LoggedDecision of(JsonNode event) {
        return new LoggedDecision(
                word(event.path("decision_id"), "[A-Za-z0-9-]{1,64}"),
                word(event.path("bundles").path("plumbline").path("revision"), "sha256:[0-9a-f]{64}"),
                outcome(event),
                digest(event.get("input")),
                digest(event.get("result")));
    }

    private static String outcome(JsonNode event) {
        JsonNode allow = event.path("result").path("allow");
        if (event.has("error")) {
            return "error";
        }
        if (!allow.isBoolean()) {
            return event.has("result") ? "other" : "undefined";
        }
        return allow.booleanValue() ? "allowed" : "denied";
    }

    private static Optional<Digest> digest(@Nullable JsonNode node) {
        return Optional.ofNullable(node).map(Json::digest);
    }

    /** What others wrote does not get into the log unless it can only be what it should be. */
    private static String word(JsonNode node, String form) {
        return node.isString() && node.stringValue().matches(form) ? node.stringValue() : "none";
    }

    void log() {
        LOG.info(
                "An OPA server decided decision={} policy={} outcome={} input={} result={}",
                id,
                policy,
                outcome,
                input.map(Digest::value).orElse("none"),
                result.map(Digest::value).orElse("none"));
    }
}
