package dev.plumbline.reconciler.scaffold;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A repository cannot be made, for a reason that its user can understand. Nothing was written. */
public final class ScaffoldException extends Exception {
    private final String message;
    private final Optional<String> hint;

    ScaffoldException(String message) {
        this(message, null, null);
    }

    ScaffoldException(String message, @Nullable String hint) {
        this(message, hint, null);
    }

    ScaffoldException(String message, @Nullable String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.message = message;
        this.hint = Optional.ofNullable(hint);
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** What to do. */
    public Optional<String> hint() {
        return hint;
    }
}
