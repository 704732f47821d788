package dev.plumbline.reconciler.source;

import dev.plumbline.schemas.model.Revision;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * One revision of the watched branch. Immutable; reading a blob again gives the same bytes.
 * Thread-safe.
 */
public interface Snapshot {
    /** The commit. */
    Revision revision();

    /** Id of the commit's tree. */
    String tree();

    /** The folder of the repository that holds the specs, without a slash at either end; empty for all of it. */
    default String root() {
        return "";
    }

    /** Subject line, author and trailers of the commit. */
    CommitHeader header();

    /**
     * Every regular file by its path in the repository, with its blob id. Symbolic links and submodules are not files
     * and are absent.
     */
    Map<String, String> blobs();

    /** Why paths that look like files are none, such as symbolic links. */
    Map<String, String> refused();

    /** Why a path that looks like a file is none; empty when it is a file or nothing. */
    default Optional<String> refused(String path) {
        return Optional.ofNullable(refused().get(path));
    }

    /**
     * The bytes of a blob of this repository, of this or an earlier revision.
     *
     * @throws DamagedException when it is lost or damaged here, which says nothing about the revision
     * @throws IOException when it cannot be read or is larger than the limit for specs
     */
    byte[] read(String blob) throws IOException;

    /** A stream over a blob of any size. */
    InputStream open(String blob) throws IOException;

    /** What the revision holds is lost or damaged in the copy of it that is read here. */
    final class DamagedException extends IOException {
        /** Why. */
        public DamagedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Who made a commit and what it says. */
    record CommitHeader(String author, String subject, Map<String, String> trailers) {
        public CommitHeader {
            trailers = Map.copyOf(trailers);
        }
    }
}
