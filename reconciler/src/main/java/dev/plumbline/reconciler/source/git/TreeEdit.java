package dev.plumbline.reconciler.source.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/** Gives a tree another content for one of its files; only the folders above that file are written again. */
final class TreeEdit {
    private final ObjectReader reader;
    private final ObjectInserter inserter;

    TreeEdit(ObjectReader reader, ObjectInserter inserter) {
        this.reader = reader;
        this.inserter = inserter;
    }

    /** The new tree. The file must be in the old one and keeps its mode. */
    ObjectId replace(ObjectId tree, String path, ObjectId blob) throws IOException {
        int slash = path.indexOf('/');
        String name = slash < 0 ? path : path.substring(0, slash);
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        TreeFormatter copy = new TreeFormatter();
        boolean found = false;
        for (CanonicalTreeParser entry = new CanonicalTreeParser(null, reader, tree); !entry.eof(); entry.next(1)) {
            ObjectId object = entry.getEntryObjectId();
            FileMode mode = entry.getEntryFileMode();
            byte[] named = new byte[entry.getNameLength()];
            entry.getName(named, 0);
            if (Arrays.equals(named, wanted)) {
                found = true;
                object = slash < 0 ? blob : replace(object, path.substring(slash + 1), blob);
            }
            copy.append(named, mode, object);
        }
        if (!found) {
            throw new IOException("there is no " + name + " in the tree " + tree.name());
        }
        return inserter.insert(copy);
    }
}
