package dev.plumbline.schemas.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A numbered version of a model, written {@code churn/v7}; its number within the model is written {@code v7}. */
public record VersionName(String model, int number) implements Comparable<VersionName> {
    private static final Pattern LABEL = Pattern.compile("v([1-9][0-9]{0,8})");
    private static final Pattern FORM = Pattern.compile("([a-z0-9-]{1,63})/v([1-9][0-9]{0,8})");

    /** What a spec writes where no version is named. */
    public static final String NONE = "none";

    public VersionName {
        if (number < 1) {
            throw new IllegalArgumentException("versions count from v1, not v" + number);
        }
    }

    /** The version of this model with this label ({@code v7}); empty when the label is not one. */
    public static Optional<VersionName> labelled(String model, String label) {
        Matcher matcher = LABEL.matcher(label);
        return matcher.matches()
                ? Optional.of(new VersionName(model, Integer.parseInt(matcher.group(1))))
                : Optional.empty();
    }

    /** The version written {@code model/v7}; empty when it is not one. */
    public static Optional<VersionName> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new VersionName(matcher.group(1), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    @JsonCreator
    static VersionName read(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not a version (model/vN): " + text));
    }

    /** The label within the model, such as {@code v7}. */
    public String label() {
        return "v" + number;
    }

    @Override
    public int compareTo(VersionName other) {
        int byModel = model.compareTo(other.model);
        return byModel != 0 ? byModel : Integer.compare(number, other.number);
    }

    @JsonValue
    @Override
    public String toString() {
        return model + "/" + label();
    }
}
