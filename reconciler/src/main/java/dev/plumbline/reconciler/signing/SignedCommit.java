package dev.plumbline.reconciler.signing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A commit's bytes, parted into what was signed and the signature. Read from the bytes themselves: a commit that two
 * readers could understand differently is malformed.
 */
final class SignedCommit {
    private static final String SIGNATURE = "gpgsig";

    /** The headers that every commit has, in their order; any number of parents stands behind the first. */
    private static final List<String> ORDER = List.of("tree", "parent", "author", "committer");

    private final byte[] payload;
    private final Optional<String> signature;

    private SignedCommit(byte[] payload, Optional<String> signature) {
        this.payload = payload;
        this.signature = signature;
    }

    /** The commit without its signature. */
    byte[] payload() {
        return payload.clone();
    }

    /** Armored; empty when nobody signed it. */
    Optional<String> signature() {
        return signature;
    }

    static SignedCommit read(byte[] commit) throws WireReader.Malformed {
        ByteArrayOutputStream payload = new ByteArrayOutputStream(commit.length);
        StringBuilder signature = new StringBuilder();
        List<String> headers = new ArrayList<>();
        int at = 0;
        while (at < commit.length && commit[at] != '\n') {
            int end = endOfLine(commit, at);
            String line = new String(commit, at, end - at, StandardCharsets.ISO_8859_1);
            if (line.indexOf('\0') >= 0) {
                throw new WireReader.Malformed("a header of it holds a NUL");
            }
            boolean continued = line.startsWith(" ");
            if (!continued) {
                headers.add(line.substring(0, Math.max(0, line.indexOf(' '))));
            }
            if (!headers.isEmpty() && headers.getLast().equals(SIGNATURE)) {
                signature
                        .append(continued ? line.substring(1) : line.substring(SIGNATURE.length() + 1))
                        .append('\n');
            } else {
                payload.write(commit, at, end + 1 - at);
            }
            at = end + 1;
        }
        check(headers);
        payload.write(commit, at, commit.length - at);
        return new SignedCommit(
                payload.toByteArray(),
                headers.contains(SIGNATURE) ? Optional.of(signature.toString()) : Optional.empty());
    }

    private static int endOfLine(byte[] commit, int from) throws WireReader.Malformed {
        for (int at = from; at < commit.length; at++) {
            if (commit[at] == '\n') {
                return at;
            }
        }
        throw new WireReader.Malformed("a header of it does not end");
    }

    private static void check(List<String> headers) throws WireReader.Malformed {
        Set<String> once = new HashSet<>();
        int place = 0;
        for (String header : headers) {
            if (!header.equals("parent") && !once.add(header)) {
                throw new WireReader.Malformed("it has two headers " + header);
            }
            int known = ORDER.indexOf(header);
            if (known >= 0 && known < place) {
                throw new WireReader.Malformed("its headers stand in an odd order");
            }
            place = known >= 0 ? known : ORDER.size();
        }
        if (!once.containsAll(Set.of("tree", "author", "committer"))) {
            throw new WireReader.Malformed("a header that every commit has is missing");
        }
    }
}
