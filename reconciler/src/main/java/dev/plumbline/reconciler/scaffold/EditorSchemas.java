package dev.plumbline.reconciler.scaffold;

import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.validation.SchemaTree;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Copies of the schemas in a repository, from which editors complete and explain the fields of its specs. */
final class EditorSchemas {
    private static final String FOLDER = ".plumbline/schemas/v1/";

    private EditorSchemas() {}

    /** The files by path. */
    static SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (Kind kind : Kind.values()) {
            files.put(path(kind), SchemaTree.of(kind).bytes());
        }
        return files;
    }

    /** The line that names the schema, for a spec that lies one folder below the root. */
    static String line(Kind kind) {
        return "# yaml-language-server: $schema=../" + path(kind);
    }

    private static String path(Kind kind) {
        return FOLDER + kind.label().toLowerCase(Locale.ROOT) + ".json";
    }
}
