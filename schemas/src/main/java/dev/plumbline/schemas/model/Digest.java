package dev.plumbline.schemas.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A SHA-256 digest, written {@code sha256:} and 64 lower-case hexadecimal digits. */
public record Digest(@JsonValue String value) implements Comparable<Digest> {
    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Digest {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a digest (sha256: and 64 hexadecimal digits): " + value);
        }
    }

    /** The digest of these bytes. */
    public static Digest of(byte[] bytes) {
        return finish(algorithm(), bytes);
    }

    /** A fresh SHA-256, for callers that digest a stream. */
    public static MessageDigest algorithm() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** The digest of what the algorithm has seen. */
    public static Digest of(MessageDigest algorithm) {
        return new Digest("sha256:" + HexFormat.of().formatHex(algorithm.digest()));
    }

    private static Digest finish(MessageDigest algorithm, byte[] bytes) {
        algorithm.update(bytes);
        return of(algorithm);
    }

    /** The 64 hexadecimal digits. */
    public String hex() {
        return value.substring("sha256:".length());
    }

    /** The first twelve hexadecimal digits, for people. */
    public String shortened() {
        return hex().substring(0, 12);
    }

    @Override
    public int compareTo(Digest other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
