package dev.plumbline.schemas.files;

import java.util.List;

/**
 * Which paths hold specs: every {@code *.yaml} and {@code *.yml} outside folders whose name begins with a dot, outside
 * {@code policies/} and {@code rules/} at the root, and outside what {@code .plumbignore} names. As for a shell,
 * {@code *} matches no name that begins with a dot. Immutable.
 */
public final class SpecFiles {
    /** The file at the root that names what is not to be read, in the syntax of {@code .gitignore}. */
    public static final String IGNORE_FILE = ".plumbignore";

    private static final List<String> RESERVED = List.of("policies", "rules");

    private final IgnoreRules ignored;
    private final String root;

    private SpecFiles(IgnoreRules ignored, String root) {
        this.ignored = ignored;
        this.root = root;
    }

    /** The choice of a repository without an ignore file. */
    public static SpecFiles all() {
        return ignoring("");
    }

    /** The choice of a repository with this text in its ignore file. */
    public static SpecFiles ignoring(String ignoreFile) {
        return new SpecFiles(IgnoreRules.parse(ignoreFile), "");
    }

    /**
     * The same choice, made of one folder of the repository as if it were the whole: nothing outside of it is included.
     *
     * @param folder with forward slashes and none at either end; empty for the repository
     */
    public SpecFiles below(String folder) {
        return new SpecFiles(ignored, folder.isEmpty() ? "" : folder + "/");
    }

    /**
     * Whether the file is to be read.
     *
     * @param path relative to the repository, with forward slashes
     */
    public boolean includes(String path) {
        return path.startsWith(root) && chosen(path.substring(root.length()));
    }

    private boolean chosen(String path) {
        return isYaml(path) && !ignored.ignores(path) && !isHidden(path) && !isReserved(path);
    }

    /**
     * Whether the folder may hold spec files; one that may not need not be entered.
     *
     * @param path relative to the root, with forward slashes and none at the end
     */
    public boolean enters(String path) {
        return !isHidden(path) && !RESERVED.contains(path) && !ignored.ignoresFolder(path);
    }

    private static boolean isYaml(String path) {
        return path.endsWith(".yaml") || path.endsWith(".yml");
    }

    private static boolean isHidden(String path) {
        return path.startsWith(".") || path.contains("/.");
    }

    private static boolean isReserved(String path) {
        int slash = path.indexOf('/');
        return slash > 0 && RESERVED.contains(path.substring(0, slash));
    }
}
