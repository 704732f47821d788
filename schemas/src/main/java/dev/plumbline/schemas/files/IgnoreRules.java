package dev.plumbline.schemas.files;

import java.util.List;
import java.util.Optional;

/**
 * The patterns of an ignore file. The last pattern that matches decides; what lies in an ignored folder cannot be taken
 * back. Immutable.
 *
 * @see <a href="https://git-scm.com/docs/gitignore#_pattern_format">gitignore, Pattern Format</a>
 */
final class IgnoreRules {
    private final List<IgnorePattern> patterns;

    private IgnoreRules(List<IgnorePattern> patterns) {
        this.patterns = patterns;
    }

    static IgnoreRules parse(String text) {
        return new IgnoreRules(
                text.lines().map(IgnorePattern::parse).flatMap(Optional::stream).toList());
    }

    /** Whether the file, or a folder around it, is ignored. */
    boolean ignores(String file) {
        if (patterns.isEmpty()) {
            return false;
        }
        int slash = file.lastIndexOf('/');
        return (slash > 0 && ignoresFolder(file.substring(0, slash))) || isIgnored(file, false);
    }

    /** Whether the folder, or one around it, is ignored. */
    boolean ignoresFolder(String folder) {
        for (int slash = folder.indexOf('/'); slash >= 0; slash = folder.indexOf('/', slash + 1)) {
            if (isIgnored(folder.substring(0, slash), true)) {
                return true;
            }
        }
        return isIgnored(folder, true);
    }

    private boolean isIgnored(String path, boolean folder) {
        String[] segments = path.split("/", -1);
        for (IgnorePattern pattern : patterns.reversed()) {
            if (pattern.matches(segments, folder)) {
                return !pattern.negated();
            }
        }
        return false;
    }
}
