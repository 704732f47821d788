package dev.plumbline.reconciler.ledger.git;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * A tree of Git objects in memory, so that a commit of a few files writes a few folders, however many there are.
 * Immutable; a changed tree shares every folder that did not change.
 */
final class LedgerTree {
    /** Git orders a folder as if its name ended in a slash, and so do these keys. */
    private final SortedMap<String, Child> children;

    private final Optional<ObjectId> written;

    private LedgerTree(SortedMap<String, Child> children, Optional<ObjectId> written) {
        this.children = Collections.unmodifiableSortedMap(children);
        this.written = written;
    }

    private sealed interface Child {
        /** The mode of what is not ours stays what it is. */
        record File(ObjectId blob, FileMode mode) implements Child {}

        record Folder(LedgerTree tree) implements Child {}
    }

    static LedgerTree empty() {
        return new LedgerTree(new TreeMap<>(), Optional.empty());
    }

    /** Reads the tree with all its folders; contents of files are not read. */
    static LedgerTree read(ObjectReader reader, ObjectId id) throws IOException {
        SortedMap<String, Child> children = new TreeMap<>();
        for (CanonicalTreeParser entry = new CanonicalTreeParser(null, reader, id); !entry.eof(); entry.next(1)) {
            ObjectId object = entry.getEntryObjectId();
            if (FileMode.TREE.equals(entry.getEntryRawMode())) {
                children.put(entry.getEntryPathString() + "/", new Child.Folder(read(reader, object)));
            } else {
                children.put(
                        entry.getEntryPathString(), new Child.File(object, FileMode.fromBits(entry.getEntryRawMode())));
            }
        }
        return new LedgerTree(children, Optional.of(id));
    }

    /** The blob of a plain file; empty when there is no such file. */
    Optional<ObjectId> file(String path) {
        int slash = path.indexOf('/');
        return switch (children.get(slash < 0 ? path : path.substring(0, slash + 1))) {
            case Child.File(ObjectId blob, FileMode mode) ->
                Optional.of(blob).filter(_ -> mode.equals(FileMode.REGULAR_FILE));
            case Child.Folder(LedgerTree tree) -> tree.file(path.substring(slash + 1));
            case null -> Optional.empty();
        };
    }

    /** The tree with these files set, or removed where there is no blob; a folder left empty goes. */
    LedgerTree with(Map<String, Optional<ObjectId>> changes) {
        SortedMap<String, Child> changed = new TreeMap<>(children);
        Map<String, Map<String, Optional<ObjectId>>> below = new HashMap<>();
        changes.forEach((path, blob) -> {
            int slash = path.indexOf('/');
            if (slash >= 0) {
                below.computeIfAbsent(path.substring(0, slash + 1), folder -> new HashMap<>())
                        .put(path.substring(slash + 1), blob);
            } else if (blob.isPresent()) {
                changed.put(path, new Child.File(blob.get(), FileMode.REGULAR_FILE));
            } else {
                changed.remove(path);
            }
        });
        below.forEach((folder, inside) -> {
            LedgerTree present =
                    changed.get(folder) instanceof Child.Folder(LedgerTree tree) ? tree : LedgerTree.empty();
            LedgerTree edited = present.with(inside);
            if (edited.children.isEmpty()) {
                changed.remove(folder);
            } else {
                changed.put(folder, new Child.Folder(edited));
            }
        });
        return new LedgerTree(changed, Optional.empty());
    }

    /** Writes the folders that changed; the answer knows the ids of all. */
    LedgerTree write(ObjectInserter inserter) throws IOException {
        if (written.isPresent()) {
            return this;
        }
        SortedMap<String, Child> same = new TreeMap<>();
        TreeFormatter formatter = new TreeFormatter();
        for (Map.Entry<String, Child> child : children.entrySet()) {
            String name = child.getKey();
            switch (child.getValue()) {
                case Child.File file -> {
                    formatter.append(name, file.mode(), file.blob());
                    same.put(name, file);
                }
                case Child.Folder(LedgerTree tree) -> {
                    LedgerTree folder = tree.write(inserter);
                    formatter.append(name.substring(0, name.length() - 1), FileMode.TREE, folder.id());
                    same.put(name, new Child.Folder(folder));
                }
            }
        }
        return new LedgerTree(same, Optional.of(inserter.insert(formatter)));
    }

    /** The id of a tree that was written. */
    ObjectId id() {
        return written.orElseThrow();
    }

    /** Every file with its blob, in the order of their paths. */
    void forEach(BiConsumer<String, ObjectId> consumer) {
        forEach("", consumer);
    }

    private void forEach(String prefix, BiConsumer<String, ObjectId> consumer) {
        children.forEach((name, child) -> {
            switch (child) {
                case Child.File(ObjectId blob, FileMode mode) -> consumer.accept(prefix + name, blob);
                case Child.Folder(LedgerTree tree) -> tree.forEach(prefix + name, consumer);
            }
        });
    }
}
