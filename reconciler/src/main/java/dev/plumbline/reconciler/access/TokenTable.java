package dev.plumbline.reconciler.access;

import dev.plumbline.schemas.model.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Callers and the digests of their tokens. Immutable. */
record TokenTable(List<Entry> entries) {
    /** Long enough that nobody guesses it, so that a digest without salt tells nothing. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{32,512}");

    TokenTable {
        entries = List.copyOf(entries);
    }

    /** A caller with the tokens that are live: two while one replaces the other. */
    record Entry(Caller caller, List<Digest> tokens) {
        Entry {
            tokens = List.copyOf(tokens);
        }
    }

    /** Whose token this is. Takes as long for a token that is nearly right as for any other. */
    Optional<Caller> caller(String token) {
        if (!TOKEN.matcher(token).matches()) {
            return Optional.empty();
        }
        byte[] shown = bytes(Digest.of(token.getBytes(StandardCharsets.US_ASCII)));
        Optional<Caller> found = Optional.empty();
        for (Entry entry : entries) {
            for (Digest known : entry.tokens()) {
                // Every digest is compared, whatever was found before.
                if (MessageDigest.isEqual(shown, bytes(known))) {
                    found = Optional.of(entry.caller());
                }
            }
        }
        return found;
    }

    private static byte[] bytes(Digest digest) {
        return digest.value().getBytes(StandardCharsets.US_ASCII);
    }
}
