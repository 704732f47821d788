package dev.plumbline.reconciler.catalog;

import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.schemas.SpecReader;
import dev.plumbline.schemas.catalog.CatalogReading;
import dev.plumbline.schemas.catalog.FileContents;
import dev.plumbline.schemas.catalog.FileLookup;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the specs of a revision. A file whose blob was read before is not read again: after a one-line change of a large
 * repository one file is, and after a change of no spec none. Not thread-safe: the loop owns it.
 */
public final class CatalogLoader {
    private static final int IGNORE_FILE_BYTES = 1 << 20;

    private final SpecReader reader;
    private Map<Key, FileContents> known = Map.of();
    private Optional<Assembled> last = Optional.empty();

    /** A loader that knows no file yet. */
    public CatalogLoader(SpecReader reader) {
        this.reader = reader;
    }

    private record Key(String file, String blob) {}

    /**
     * The specs of the snapshot, with everything that is wrong with them.
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
        Map<String, String> blobs = snapshot.blobs();
        SpecFiles files = specFiles(snapshot);
        List<Key> keys = blobs.entrySet().stream()
                .filter(each -> files.includes(each.getKey()))
                .map(each -> new Key(each.getKey(), each.getValue()))
                .toList();
        List<Key> fresh = keys.stream().filter(key -> !known.containsKey(key)).toList();
        if (fresh.isEmpty()
                && keys.size() == known.size()
                && last.isPresent()
                && last.get().holds(snapshot)) {
            return last.get().reading();
        }
        // Reading is nothing but computing: on every processor, and no others wait for it.
        List<FileContents> read =
                fresh.parallelStream().map(key -> read(snapshot, key)).toList();
        Map<Key, FileContents> now = new HashMap<>();
        for (int index = 0; index < fresh.size(); index++) {
            now.put(fresh.get(index), read.get(index));
        }
        keys.forEach(key -> now.computeIfAbsent(key, each -> Objects.requireNonNull(known.get(each))));
        known = now;
        List<FileContents> contents = new ArrayList<>(now.values());
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
        FileLookup lookup = lookup(snapshot);
        Map<String, Optional<String>> asked = new HashMap<>();
        CatalogReading reading = reader.assemble(contents, (path, length) -> {
            asked.put(path, Optional.ofNullable(snapshot.blobs().get(path)));
            return lookup.start(path, length);
        });
        return new Assembled(reading, asked, snapshot.refused());
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

    private FileContents read(Snapshot snapshot, Key key) {
        try {
            return reader.read(key.file(), snapshot.read(key.blob()));
        } catch (Snapshot.DamagedException damaged) {
            throw new UncheckedIOException(damaged.getMessage(), damaged);
        } catch (IOException failure) {
            return without(key.file(), "the file cannot be read: " + failure.getMessage());
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
