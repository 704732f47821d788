package dev.plumbline.reconciler.source.remote;

import dev.plumbline.reconciler.source.FetchLimits;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.schemas.fault.StorageFailure;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;

/** Says in words for people why a remote could not be used: never with an absolute path or a secret. */
public final class RemoteFailure {
    private static final List<String> RIGHTS = List.of(
            "not authorized", "not permitted", "auth fail", "authentication", "cannot log in", " 401 ", " 403 ");

    private RemoteFailure() {}

    public static Source.SourceException of(Remote remote, IOException cause) {
        if (cause instanceof NoRemoteRepositoryException) {
            return new Source.SourceException(
                    "NotFound", "There is no Git repository at " + remote.label() + ".", cause);
        }
        Optional<FetchLimits.Exceeded> exceeded = find(cause, FetchLimits.Exceeded.class);
        if (exceeded.isPresent()) {
            return new Source.SourceException(
                    "TooLarge", remote.label() + " " + exceeded.get().getMessage() + ".", cause);
        }
        String words = words(remote, cause);
        // The rights that are denied may be those that the remote does not give.
        Optional<StorageFailure> full = StorageFailure.in(cause).filter(StorageFailure.FULL::equals);
        if (full.isPresent()) {
            return new Source.SourceException(
                    "Storage",
                    "The mirror cannot take what " + remote.label() + " holds: "
                            + full.get().words() + ".",
                    cause);
        }
        if (find(cause, TooLargeObjectInPackException.class).isPresent()) {
            return new Source.SourceException(
                    "TooLarge",
                    remote.label() + " sends a file that is too large: " + words
                            + " It is limits.objectSize of the configuration that allows no more; raise it, or take the"
                            + " file out of the branch and its history.",
                    cause);
        }
        if (find(cause, CorruptObjectException.class).isPresent()) {
            return new Source.SourceException(
                    "Unsafe",
                    remote.label() + " sends what Git forbids: " + words
                            + ". Nothing of it was taken; take that commit out of the branch.",
                    cause);
        }
        if (damaged(cause)) {
            return new Source.SourceException(
                    "Damaged",
                    "An object cannot be read, in the mirror or as " + remote.label() + " sends it: " + words + ".",
                    cause);
        }
        return aboutRights(words)
                ? new Source.SourceException(
                        "Unauthorized",
                        remote.label() + " does not let us in: " + words
                                + ". Check git.tokenFile or git.sshKeyFile of the configuration.",
                        cause)
                : new Source.SourceException(
                        "Unreachable", remote.label() + " does not answer as a Git repository: " + words + ".", cause);
    }

    /** Whether it is by what was sent, whenever it is sent: more than is taken, or what Git's own rules name as forbidden. */
    public static boolean lasting(Source.SourceException failure) {
        boolean forbidden = find(failure, CorruptObjectException.class)
                .map(CorruptObjectException::getErrorType)
                .isPresent();
        return failure.reason().equals("TooLarge") || forbidden;
    }

    /** Whether bytes were lost or changed on their way or where they lie. */
    public static boolean damaged(Throwable cause) {
        return find(cause, CorruptObjectException.class).isPresent()
                || find(cause, MissingObjectException.class).isPresent();
    }

    public static boolean aboutRights(String words) {
        String lower = " " + words.toLowerCase(Locale.ROOT) + " ";
        return RIGHTS.stream().anyMatch(lower::contains);
    }

    /** What was said, without the address, which the label already gives. */
    public static String words(Remote remote, Throwable cause) {
        String said = Optional.ofNullable(innermost(cause).getMessage())
                .orElse(cause.getClass().getSimpleName());
        String shortened = LocalRepository.CONNECTION
                .matcher(said)
                .replaceFirst("")
                .replace(remote.url() + ": ", "")
                .replace(remote.url(), remote.label());
        return remote.folder()
                .map(folder -> shortened.replace(folder.toString(), remote.label()))
                .orElse(shortened)
                .strip();
    }

    private static <T extends Throwable> Optional<T> find(Throwable cause, Class<T> type) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return Optional.of(type.cast(each));
            }
        }
        return Optional.empty();
    }

    private static Throwable innermost(Throwable cause) {
        Throwable told = cause;
        while (told.getCause() != null && told.getCause().getMessage() != null) {
            told = told.getCause();
        }
        return told;
    }
}
