package dev.plumbline.webhooks;

import dev.plumbline.schemas.model.Durations;
import dev.plumbline.schemas.model.Revision;
import java.time.Duration;
import java.util.Optional;

/**
 * A request to look at the branch early. It carries nothing that is believed: whoever sends it can only make us look.
 *
 * @param revision the commit whose admission the sender waits for
 * @param patience how long the sender wants to wait for it; never more than {@link #LONGEST_WAIT}
 */
public record Hint(Optional<Revision> revision, Duration patience) {
    /** The longest that a hint may hold its connection. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    public Hint {
        if (patience.isNegative() || patience.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("a hint waits between nothing and five seconds");
        }
    }

    /**
     * Reads the parameters of a request. A longer wait is cut to {@link #LONGEST_WAIT}.
     *
     * @throws IllegalArgumentException with a sentence that says which parameter is wrong and what would be right
     */
    public static Hint parse(Optional<String> revision, Optional<String> wait) {
        return new Hint(revision.map(Hint::commit), wait.map(Hint::duration).orElse(Duration.ZERO));
    }

    private static Revision commit(String text) {
        return Revision.parse(text)
                .orElseThrow(() ->
                        new IllegalArgumentException("revision is a full commit id: 40 lower-case hexadecimal digits"));
    }

    private static Duration duration(String text) {
        Duration asked = Durations.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("wait is a time such as 5s or 500ms"));
        return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
    }
}
