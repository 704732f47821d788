package dev.plumbline.reconciler.source.mirror;

import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.Writer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the remote lets us do, as far as it tells without being changed: reading is tried, and the right to push is asked
 * for. A rule that protects a single branch shows only when something is pushed there.
 */
public record RemoteAccess(Answer read, Answer ledger, Answer branch) {
    /**
     * One answer.
     *
     * @param words the answer in three words, such as {@code cannot write ledger}
     * @param detail why not
     */
    public record Answer(boolean allowed, String words, Optional<String> detail) {
        private static Answer of(String what, Optional<String> refusal) {
            return new Answer(refusal.isEmpty(), (refusal.isEmpty() ? "can " : "cannot ") + what, refusal);
        }
    }

    /** Asks the remote. */
    public static RemoteAccess probe(Mirror mirror) throws InterruptedException {
        Optional<String> read = readable(mirror);
        Optional<String> write = read.isPresent()
                ? read
                : switch (mirror.tryPush()) {
                    case Writer.PushOutcome.Accepted accepted -> Optional.empty();
                    case Writer.PushOutcome.Raced raced -> Optional.empty();
                    case Writer.PushOutcome.Refused(String words) -> Optional.of(words);
                    case Writer.PushOutcome.Unreachable(String message) -> Optional.of(message);
                };
        return new RemoteAccess(
                Answer.of("read repository", read), Answer.of("write ledger", write), Answer.of("write branch", write));
    }

    private static Optional<String> readable(Mirror mirror) {
        try {
            mirror.branches();
            return Optional.empty();
        } catch (Source.SourceException failed) {
            return Optional.of(String.valueOf(failed.getMessage()));
        }
    }

    /** The three answers, in the order in which they matter. */
    public List<Answer> answers() {
        return Stream.of(read, ledger, branch).toList();
    }
}
