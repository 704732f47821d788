package dev.plumbline.reconciler.scaffold;

import java.util.Optional;
import java.util.stream.Stream;
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

    /** Both at once. */
    ScaffoldException and(ScaffoldException other) {
        return new ScaffoldException(
                message + "; and " + other.message,
                Stream.of(hint, other.hint)
                        .flatMap(Optional::stream)
                        .distinct()
                        .reduce((first, second) -> first + "; " + second)
                        .orElse(null),
                this);
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
