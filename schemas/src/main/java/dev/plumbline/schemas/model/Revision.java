package dev.plumbline.schemas.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Pattern;

/** A Git commit, by its full SHA-1 in lower-case hexadecimal. */
public record Revision(@JsonValue String id) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Revision {
        if (!FORM.matcher(id).matches()) {
            throw new IllegalArgumentException("not a full commit id: " + id);
        }
    }

    /** The commit with this full id; empty when the text is none. */
    public static Optional<Revision> parse(String id) {
        return FORM.matcher(id).matches() ? Optional.of(new Revision(id)) : Optional.empty();
    }

    /** The first eight digits, for people. */
    public String shortened() {
        return id.substring(0, 8);
    }

    @Override
    public String toString() {
        return id;
    }
}
