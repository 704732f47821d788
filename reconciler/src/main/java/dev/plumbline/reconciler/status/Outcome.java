package dev.plumbline.reconciler.status;

import java.time.Duration;

/** What came of looking at one resource, and so what happens next. */
public sealed interface Outcome {
    /** Fixed code: the label of a {@link Reason}. */
    String reason();

    /** What happened, and what to do if something is to be done. */
    String message();

    /** It is as its spec asks. */
    record Ready(String reason, String message) implements Outcome {
        public Ready {
            assert known(reason) : reason;
        }
    }

    /** Something else must happen first; it is looked at again after this time, or earlier when that has happened. */
    record Waiting(String reason, String message, Duration retryIn) implements Outcome {
        public Waiting {
            assert known(reason) : reason;
        }
    }

    /** It went wrong and is tried again, later each time. */
    record Failed(String reason, String message) implements Outcome {
        public Failed {
            assert known(reason) : reason;
        }
    }

    /** A person must act: nothing is tried again before something changes. */
    record Stalled(String reason, String message) implements Outcome {
        public Stalled {
            assert known(reason) : reason;
        }
    }

    /** Whether people can look it up. */
    private static boolean known(String reason) {
        return Reason.named(reason).isPresent();
    }
}
