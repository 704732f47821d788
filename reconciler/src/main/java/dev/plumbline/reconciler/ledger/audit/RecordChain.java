package dev.plumbline.reconciler.ledger.audit;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chain of SHA-256 digests over the records of a ledger, one a commit: each link is over what the record says and the links
 * before it, so that none can be changed, taken out, put in or moved without changing every link after it. It stands beside
 * Git's own ids, which are over SHA-1 in most repositories, and can be followed without Git. Pure.
 */
public final class RecordChain {
    /** The last line of a record's message. */
    public static final String TRAILER = "Plumbline-Chain";

    private static final Pattern SEALED =
            Pattern.compile("(?s)(?<message>.*)\n" + TRAILER + ": (?<link>sha256:[0-9a-f]{64})\n");

    private RecordChain() {}

    /**
     * A message, parted from the link that it was sealed with.
     *
     * @param link empty when it was not
     */
    public record Sealed(String message, Optional<Digest> link) {}

    /**
     * The link of a record.
     *
     * @param after the links of the records that it follows, of one without a link what {@link #unsealed} says
     * @param at counts in whole seconds, as Git keeps it
     * @param message as it was before it was sealed
     * @param changes the digests of the files that the record writes; empty for one that it removes
     */
    public static Digest link(
            List<String> after, Instant at, String message, SortedMap<String, Optional<Digest>> changes) {
        ObjectNode said = Json.object();
        ArrayNode links = said.putArray("after");
        after.forEach(links::add);
        said.put("at", at.truncatedTo(ChronoUnit.SECONDS).toString());
        said.put("message", message);
        ObjectNode files = said.putObject("changes");
        changes.forEach((path, digest) -> {
            if (digest.isPresent()) {
                files.put(path, digest.get().value());
            } else {
                files.putNull(path);
            }
        });
        return Json.digest(said);
    }

    /** What stands for the link of a record that has none. */
    public static String unsealed(String commit) {
        return "git:" + commit;
    }

    /** The message with its link. */
    public static String seal(String message, Digest link) {
        return message + "\n" + TRAILER + ": " + link.value() + "\n";
    }

    /** Parts a message from its link. */
    public static Sealed read(String message) {
        Matcher sealed = SEALED.matcher(message);
        return sealed.matches()
                ? new Sealed(sealed.group("message"), Optional.of(new Digest(sealed.group("link"))))
                : new Sealed(message, Optional.empty());
    }
}
