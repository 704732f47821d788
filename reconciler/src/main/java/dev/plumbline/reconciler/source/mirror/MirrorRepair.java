package dev.plumbline.reconciler.source.mirror;

import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.remote.UntilInterrupted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.internal.storage.file.PackInserter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.transport.PackParser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a damaged mirror whole again, in its place and while it is read. Damaged files are put aside into its folder
 * {@code damaged}; what can still be read of them stays, above all what was never pushed; the rest comes from a new clone of
 * the remote.
 */
final class MirrorRepair {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorRepair.class);
    private static final String ASIDE = "damaged";
    private static final Pattern REF = Pattern.compile("([0-9a-f]{40}|ref: refs/\\S+)\\n?");
    private static final Pattern PACKED_REF = Pattern.compile("#.*|\\^[0-9a-f]{40}|[0-9a-f]{40} refs/\\S+");

    private final FileRepository mirror;
    private final Path folder;
    private final Path objects;
    private final List<String> damaged = new ArrayList<>();

    MirrorRepair(FileRepository mirror) {
        this.mirror = mirror;
        this.folder = mirror.getDirectory().toPath();
        this.objects = folder.resolve("objects");
    }

    /** Fetches what the remote holds into a repository that is empty. */
    @FunctionalInterface
    interface Clone {
        void into(MirrorRepository empty) throws Source.SourceException, InterruptedException;
    }

    /**
     * Mends the mirror.
     *
     * @throws IOException when the mirror cannot be written
     * @throws Source.SourceException when nothing could be cloned now; what could be read was saved all the same
     */
    void mend(Clone clone) throws IOException, InterruptedException, Source.SourceException {
        Path scratch = folder.resolveSibling(folder.getFileName() + ".repair");
        delete(scratch);
        try {
            try (MirrorRepository fresh = MirrorRepository.open(scratch, false)) {
                putAside(fresh);
                refs();
                Optional<Source.SourceException> unfetched = cloned(clone, fresh);
                takeOver(scratch);
                if (unfetched.isPresent()) {
                    throw unfetched.get();
                }
            }
        } finally {
            delete(scratch);
        }
    }

    /** What was put aside, for people. */
    List<String> damaged() {
        return List.copyOf(damaged);
    }

    /** What the remote cannot give now is fetched another time; what was saved is kept all the same. */
    private static Optional<Source.SourceException> cloned(Clone clone, MirrorRepository fresh)
            throws InterruptedException {
        try {
            clone.into(fresh);
            return Optional.empty();
        } catch (Source.SourceException away) {
            return Optional.of(away);
        }
    }

    private void putAside(FileRepository fresh) throws IOException {
        for (Path file : DamagedObjects.loose(objects)) {
            aside(file, "the object " + objects.relativize(file).toString().replace("/", ""));
        }
        for (Path pack : DamagedObjects.packs(objects)) {
            int saved = saved(pack, fresh);
            for (Path file : DamagedObjects.belonging(pack)) {
                if (!file.equals(pack)) {
                    move(file);
                }
            }
            aside(pack, "the pack " + pack.getFileName() + ", of which " + saved + " objects could be read");
        }
    }

    private int saved(Path pack, FileRepository fresh) throws IOException {
        if (DamagedObjects.whole(pack)) {
            try (ObjectInserter inserter = fresh.newObjectInserter();
                    var bytes = Files.newInputStream(pack)) {
                PackParser parser = inserter.newPackParser(bytes);
                parser.setAllowThin(true);
                parser.parse(new UntilInterrupted());
                inserter.flush();
                return parser.getObjectCount();
            }
        }
        Set<ObjectId> named = named(DamagedObjects.index(pack));
        try (PackInserter inserter = fresh.getObjectDatabase().newPackInserter();
                ObjectReader reader = mirror.newObjectReader()) {
            inserter.checkExisting(false);
            int saved = 0;
            for (ObjectId id : named) {
                saved += saved(id, reader, inserter) ? 1 : 0;
            }
            inserter.flush();
            return saved;
        }
    }

    /** Only what is named by its own digest is what it was. */
    private static boolean saved(ObjectId id, ObjectReader reader, PackInserter inserter) throws IOException {
        try {
            ObjectLoader loader = reader.open(id);
            byte[] bytes = loader.getBytes();
            if (!inserter.idFor(loader.getType(), bytes).equals(id)) {
                return false;
            }
            inserter.insert(loader.getType(), bytes);
            return true;
        } catch (IOException | RuntimeException unreadable) {
            LOG.debug("An object is lost object={}", id.name(), unreadable);
            return false;
        }
    }

    private static Set<ObjectId> named(Path index) throws IOException {
        Set<ObjectId> named = new HashSet<>();
        if (!DamagedObjects.whole(index)) {
            return named;
        }
        for (PackIndex.MutableEntry entry : PackIndex.open(index.toFile())) {
            named.add(entry.toObjectId());
        }
        return named;
    }

    /** Refs that name nothing that could be an object; what they named is fetched or recorded again. */
    private void refs() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder.resolve("refs"))) {
            files = found.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            if (!REF.matcher(text(file)).matches()) {
                aside(file, "the ref " + folder.relativize(file));
            }
        }
        Path packed = folder.resolve(Constants.PACKED_REFS);
        if (Files.exists(packed)
                && !text(packed)
                        .lines()
                        .allMatch(line -> PACKED_REF.matcher(line).matches())) {
            Set<String> sound = new TreeSet<>();
            text(packed)
                    .lines()
                    .filter(line -> line.matches("[0-9a-f]{40} refs/\\S+"))
                    .forEach(sound::add);
            aside(packed, "the list of packed refs");
            for (String line : sound) {
                Path ref = folder.resolve(line.substring(Constants.OBJECT_ID_STRING_LENGTH + 1))
                        .normalize();
                if (ref.startsWith(folder.resolve("refs")) && !Files.exists(ref)) {
                    Files.createDirectories(ref.resolveSibling(".").normalize());
                    Files.writeString(ref, line.substring(0, Constants.OBJECT_ID_STRING_LENGTH) + "\n");
                }
            }
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    /** Moves the packs of the scratch repository to the mirror's: an index comes last, and makes its pack count. */
    private void takeOver(Path scratch) throws IOException {
        Path packs = Files.createDirectories(objects.resolve("pack"));
        for (String kind : List.of(".pack", ".idx")) {
            try (Stream<Path> files = Files.list(scratch.resolve("objects").resolve("pack"))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(kind)).toList()) {
                    Path target = packs.resolve(String.valueOf(file.getFileName()));
                    if (!Files.exists(target)) {
                        Files.move(file, target);
                    }
                }
            }
        }
    }

    private void aside(Path file, String what) throws IOException {
        LOG.warn("damaged and put aside what={}", what);
        damaged.add(what);
        move(file);
    }

    private void move(Path file) throws IOException {
        Path target =
                folder.resolve(ASIDE).resolve(folder.relativize(file).toString().replace('/', '-'));
        Files.createDirectories(folder.resolve(ASIDE));
        Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
    }

    /** JGit measures a file system in the background, with files that come and go: what is left goes another time. */
    private static void delete(Path scratch) {
        if (!Files.exists(scratch)) {
            return;
        }
        try (Stream<Path> files = Files.walk(scratch)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException busy) {
            LOG.info("what mending used is not removed yet file={}", scratch.getFileName(), busy);
        }
    }
}
