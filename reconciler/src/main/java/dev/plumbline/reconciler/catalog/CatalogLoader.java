package dev.plumbline.reconciler.catalog;

import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.schemas.SpecReader;
import dev.plumbline.schemas.catalog.CatalogReading;
import dev.plumbline.schemas.catalog.FileContents;
import dev.plumbline.schemas.catalog.FileLookup;
import dev.plumbline.schemas.catalog.RuleMemory;
import dev.plumbline.schemas.files.SpecFiles;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.problem.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the specs of a revision. A file whose blob was read before is not read again: after a one-line change of a large
 * repository one file is, and after a change of no spec none. Not thread-safe: the loop owns it.
 */
public final class CatalogLoader {
    private static final int IGNORE_FILE_BYTES = 1 << 20;
    private static final Known UNREAD = new Known("", without("", ""));

    private final SpecReader reader;
    private final RuleMemory rules = new RuleMemory();
    private Map<String, Known> known = Map.of();
    private Optional<Assembled> last = Optional.empty();

    /** A loader that knows no file yet. */
    public CatalogLoader(SpecReader reader) {
        this.reader = reader;
    }

    private record Known(String blob, FileContents contents) {}

    private record Fresh(String file, String blob) {}

    /**
     * The specs of the snapshot, with everything that is wrong with them. The same reading as before where nothing differs.
     *
     * @throws Source.SourceException {@code Damaged} when a file of it is lost here: what it declares is not known, which
     *     is not to be taken for nothing
     */
    public CatalogReading load(Snapshot snapshot) throws Source.SourceException {
        try {
            return loaded(snapshot);
        } catch (IOException | UncheckedIOException damaged) {
            throw damaged(snapshot, damaged);
        }
    }

    /** What it means that a file of a snapshot is lost here. */
    static Source.SourceException damaged(Snapshot snapshot, Exception cause) {
        return new Source.SourceException(
                "Damaged",
                "The revision " + snapshot.revision().shortened() + " cannot be read whole: " + cause.getMessage()
                        + ".",
                cause);
    }

    private CatalogReading loaded(Snapshot snapshot) throws IOException {
        SpecFiles files = specFiles(snapshot);
        Map<String, Known> now = new LinkedHashMap<>();
        List<Fresh> fresh = new ArrayList<>();
        snapshot.blobs().forEach((file, blob) -> {
            if (files.includes(file)) {
                Known former = known.get(file);
                if (former == null || !former.blob().equals(blob)) {
                    fresh.add(new Fresh(file, blob));
                }
                now.put(file, former == null ? UNREAD : former);
            }
        });
        if (fresh.isEmpty()
                && now.size() == known.size()
                && last.isPresent()
                && last.get().holds(snapshot)) {
            return last.get().reading();
        }
        // Reading is nothing but computing: on every processor, and no others wait for it.
        List<FileContents> read =
                fresh.parallelStream().map(each -> read(snapshot, each)).toList();
        for (int index = 0; index < fresh.size(); index++) {
            now.put(fresh.get(index).file(), new Known(fresh.get(index).blob(), read.get(index)));
        }
        known = now;
        List<FileContents> contents =
                new ArrayList<>(now.values().stream().map(Known::contents).toList());
        snapshot.refused().forEach((path, why) -> {
            if (files.includes(path)) {
                contents.add(without(path, "the file " + why));
            }
        });
        Assembled assembled = assemble(contents, snapshot);
        last = Optional.of(assembled);
        return assembled.reading();
    }

    private Assembled assemble(Collection<FileContents> contents, Snapshot snapshot) {
        NotingLookup files = new NotingLookup(snapshot);
        return new Assembled(reader.assemble(contents, files, rules), files.asked, snapshot.refused());
    }

    /** The files of a snapshot, which notes which of them are asked for. */
    private static final class NotingLookup implements FileLookup {
        private final Map<String, Optional<String>> asked = new HashMap<>();
        private final Snapshot snapshot;
        private final FileLookup files;

        NotingLookup(Snapshot snapshot) {
            this.snapshot = snapshot;
            this.files = lookup(snapshot);
        }

        @Override
        public Optional<byte[]> start(String path, int length) {
            version(path);
            return files.start(path, length);
        }

        @Override
        public Optional<String> version(String path) {
            return asked.computeIfAbsent(
                    path, each -> Optional.ofNullable(snapshot.blobs().get(each)));
        }
    }

    /** A reading, with the other files that it depends on: those that the rules asked for. */
    private record Assembled(CatalogReading reading, Map<String, Optional<String>> asked, Map<String, String> refused) {
        boolean holds(Snapshot snapshot) {
            return refused.equals(snapshot.refused())
                    && asked.entrySet().stream()
                            .allMatch(each -> each.getValue()
                                    .equals(Optional.ofNullable(snapshot.blobs().get(each.getKey()))));
        }
    }

    private FileContents read(Snapshot snapshot, Fresh fresh) {
        try {
            return reader.read(fresh.file(), snapshot.read(fresh.blob()));
        } catch (Snapshot.DamagedException damaged) {
            throw new UncheckedIOException(damaged.getMessage(), damaged);
        } catch (IOException failure) {
            return without(fresh.file(), "the file cannot be read: " + failure.getMessage());
        }
    }

    /** What is known of a file that nobody can read: nothing but that. */
    private static FileContents without(String file, String why) {
        return new FileContents(file, 0, List.of(), List.of(), Set.of(), List.of(unreadable(file, why)), List.of());
    }

    private static Problem unreadable(String file, String why) {
        return new Problem(file, 1, 1, "", "unreadable-file", Severity.ERROR, why, Optional.empty(), Optional.empty());
    }

    /**
     * Which files of the snapshot are specs.
     *
     * @throws Snapshot.DamagedException when the list of what is to be ignored is lost here
     */
    static SpecFiles specFiles(Snapshot snapshot) throws Snapshot.DamagedException {
        String folder = snapshot.root().isEmpty() ? "" : snapshot.root() + "/";
        Optional<String> list = Optional.ofNullable(snapshot.blobs().get(folder + SpecFiles.IGNORE_FILE));
        Optional<byte[]> ignored = list.isPresent() ? start(snapshot, list.get(), IGNORE_FILE_BYTES) : Optional.empty();
        return ignored.map(bytes -> SpecFiles.ignoring(new String(bytes, StandardCharsets.UTF_8)))
                .orElseGet(SpecFiles::all)
                .below(snapshot.root());
    }

    /**
     * The files of the snapshot, for rules that ask for a card or a data file. It throws {@link UncheckedIOException} when
     * one is lost here.
     */
    static FileLookup lookup(Snapshot snapshot) {
        return (path, length) -> {
            String blob = snapshot.blobs().get(path);
            try {
                return blob == null ? Optional.empty() : start(snapshot, blob, length);
            } catch (Snapshot.DamagedException damaged) {
                throw new UncheckedIOException(damaged.getMessage(), damaged);
            }
        };
    }

    private static Optional<byte[]> start(Snapshot snapshot, String blob, int length) throws Snapshot.DamagedException {
        try (InputStream bytes = snapshot.open(blob)) {
            return Optional.of(bytes.readNBytes(length));
        } catch (Snapshot.DamagedException damaged) {
            throw damaged;
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
