package dev.plumbline.policy;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.policies.PolicyData;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ObjectNode;

/**
 * Under what a question is judged, beside the rules themselves.
 *
 * @param organisation what the organisation adds to the rules, as these see it; not to be modified
 * @param digest of that
 * @param time what the rules take for now, in whole seconds
 */
public record Circumstances(ObjectNode organisation, Digest digest, Instant time) {
    public Circumstances {
        time = time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Under this data, at this moment. */
    public static Circumstances of(PolicyData data, Instant time) {
        return of(data.toInput(), time);
    }

    /** Under what a record holds of an organisation's data. */
    public static Circumstances of(ObjectNode organisation, Instant time) {
        return new Circumstances(organisation, Json.digest(organisation), time);
    }
}
