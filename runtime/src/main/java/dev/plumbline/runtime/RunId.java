package dev.plumbline.runtime;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.plumbline.schemas.model.Digest;

/** One training run: the digest of the {@link RunInputs} that determine its model. */
public record RunId(@JsonValue Digest digest) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RunId {}

    /** Twelve digits, for people. */
    public String shortened() {
        return digest.shortened();
    }

    @Override
    public String toString() {
        return digest.value();
    }
}
