package dev.plumbline.reconciler.cli.session;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A command cannot go on, for a reason that its user can understand. */
public final class CommandException extends Exception {
    private final ExitCode code;
    private final Optional<String> hint;

    /** Why, as one sentence. */
    public CommandException(ExitCode code, String message) {
        this(code, message, Optional.empty(), null);
    }

    /** Why, and what to do. */
    public CommandException(ExitCode code, String message, String hint) {
        this(code, message, Optional.of(hint), null);
    }

    /** Why, what to do, and what led to it; the cause is shown only to those who ask for it. */
    public CommandException(ExitCode code, String message, Optional<String> hint, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.hint = hint;
    }

    /** The same, with another thing that may be done. */
    public CommandException orElse(String another) {
        return new CommandException(
                code, text(), hint.map(first -> first + "; " + another).or(() -> Optional.of(another)), this);
    }

    /** What the process ends with. */
    public ExitCode code() {
        return code;
    }

    /** Whether something that it needs gave no answer, or none in time. */
    public boolean unanswered() {
        return code == ExitCode.UNREACHABLE || code == ExitCode.TIMEOUT;
    }

    /** What to do. */
    public Optional<String> hint() {
        return hint;
    }

    /** Why, or what happened where nobody said why. */
    public String text() {
        String message = getMessage();
        return message == null ? toString() : message;
    }
}
