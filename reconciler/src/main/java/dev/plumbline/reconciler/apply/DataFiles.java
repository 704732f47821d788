package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.runtime.ArtifactStore;
import dev.plumbline.runtime.DataFile;
import dev.plumbline.schemas.fault.Failpoint;
import dev.plumbline.schemas.model.DataSource;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Revision;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings the file of a dataset to this machine: from the repository into the artifact store, or from where it lies if
 * configuration allows that place. Thread-safe.
 */
public final class DataFiles {
    private static final Pattern FILE = Pattern.compile("(?i:file):(?://)?(/.*)", Pattern.DOTALL);

    private final Source source;
    private final ArtifactStore artifacts;
    private final List<Path> roots;
    private final Map<String, Digest> digestOfBlob = new ConcurrentHashMap<>();

    /**
     * Data files of this repository.
     *
     * @param roots folders below which a {@code file:} URI may lie
     */
    public DataFiles(Source source, ArtifactStore artifacts, List<Path> roots) {
        this.source = source;
        this.artifacts = artifacts;
        this.roots = List.copyOf(roots);
    }

    /**
     * The file that the source names at this revision.
     *
     * @throws Unavailable when it cannot be had
     */
    public DataFile find(DataSource data, Revision revision) throws Unavailable {
        try {
            if (data.path().isPresent()) {
                return inRepository(data.path().get(), revision);
            }
            return elsewhere(data);
        } catch (IOException failure) {
            throw new Unavailable(
                    "DataUnreadable",
                    "the data file could not be read or kept: " + String.valueOf(failure.getMessage()),
                    false);
        } catch (Source.SourceException failure) {
            throw new Unavailable("SourceUnavailable", failure.getMessage(), false);
        }
    }

    private DataFile inRepository(String path, Revision revision)
            throws IOException, Source.SourceException, Unavailable {
        Snapshot snapshot = source.at(revision);
        String blob = snapshot.blobs().get(path);
        if (blob == null) {
            throw new Unavailable(
                    "DataMissing",
                    snapshot.refused(path)
                            .map(why -> path + " is no data file: " + why)
                            .orElse("the repository has no file " + path + " at " + revision.shortened()),
                    true);
        }
        Digest known = digestOfBlob.get(blob);
        if (known != null) {
            Optional<Path> stored = artifacts.find(known);
            if (stored.isPresent()) {
                return new DataFile(stored.get(), known);
            }
        }
        try (InputStream bytes = snapshot.open(blob)) {
            Digest digest = artifacts.put(bytes);
            digestOfBlob.put(blob, digest);
            Failpoint.DATA_COPIED.hit();
            return new DataFile(whole(digest), digest);
        }
    }

    private Path whole(Digest digest) throws IOException {
        return artifacts
                .find(digest)
                .orElseThrow(() -> new IOException("the artifact store lost " + digest.shortened() + " at once"));
    }

    private DataFile elsewhere(DataSource data) throws IOException, Unavailable {
        Digest declared = data.digest().orElseThrow();
        Path file = allowed(named(data.uri().orElseThrow()));
        Optional<Path> copy = artifacts.find(declared);
        if (copy.isPresent()) {
            return new DataFile(copy.get(), declared);
        }
        if (!Files.isRegularFile(file)) {
            throw new Unavailable("DataMissing", "there is no file where the spec's uri points", true);
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            Digest found = artifacts.put(bytes);
            if (!found.equals(declared)) {
                throw new Unavailable(
                        "DataChanged",
                        "the data file has the digest " + found + ", and the spec names " + declared,
                        ": commit the new digest if the change is meant",
                        true);
            }
            return new DataFile(whole(found), found);
        }
    }

    /** The path stands in the URI as it is: validation lets no escape through. */
    private static Path named(String uri) throws Unavailable {
        Matcher file = FILE.matcher(uri);
        if (!file.matches()) {
            throw new Unavailable(
                    "DataNotAllowed",
                    "this version cannot read data from " + uri.replaceFirst("(?s)[:/].*", "")
                            + ": URIs, only from files: write file:///PATH",
                    true);
        }
        try {
            return Path.of(file.group(1)).normalize();
        } catch (InvalidPathException wrong) {
            throw new Unavailable("DataNotAllowed", "the spec's uri names no path: " + wrong.getReason(), true);
        }
    }

    /** Below a root by its name and, where it exists, by where it really lies. What lies elsewhere is not even looked for. */
    private Path allowed(Path named) throws IOException, Unavailable {
        for (Path root : roots) {
            if (Files.isDirectory(root) && (named.startsWith(root) || named.startsWith(root.toRealPath()))) {
                if (!Files.exists(named)) {
                    return named;
                }
                Path real = named.toRealPath();
                if (real.startsWith(root.toRealPath())) {
                    return real;
                }
            }
        }
        throw new Unavailable(
                "DataNotAllowed",
                "configuration allows no data there: add its folder to data.roots of the control plane",
                true);
    }

    /** The data cannot be had. */
    public static final class Unavailable extends Exception {
        private final String reason;
        private final String what;
        private final String advice;
        private final boolean permanent;

        Unavailable(String reason, String message, boolean permanent) {
            this(reason, message, "", permanent);
        }

        private Unavailable(String reason, String what, String advice, boolean permanent) {
            super(what + advice);
            this.reason = reason;
            this.what = what;
            this.advice = advice;
            this.permanent = permanent;
        }

        /** What is wrong, without what to do about it. */
        public String what() {
            return what;
        }

        /** The fixed code. */
        public String reason() {
            return reason;
        }

        @Override
        public String getMessage() {
            return what + advice;
        }

        /** Whether only a person's change helps. */
        public boolean permanent() {
            return permanent;
        }
    }
}
