package dev.plumbline.schemas.policies;

import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.problem.Severity;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What may lie in the folder of the policies. */
public final class PolicyFiles {
    private static final Set<String> SPEAKING = Set.of("rego", "yaml", "yml", "json", "wasm");

    private PolicyFiles() {}

    /** Where the data lies when the specs lie below this folder, which is empty for the whole repository. */
    public static String data(String root) {
        return root.isEmpty() ? PolicyData.FILE : root + "/" + PolicyData.FILE;
    }

    /** The folder that holds it, with a slash at its end. */
    public static String folder(String root) {
        String data = data(root);
        return data.substring(0, data.lastIndexOf('/') + 1);
    }

    /** Files that look like rules and would not count: whoever wrote them thinks otherwise. */
    public static List<Problem> unread(Collection<String> paths, String root) {
        String data = data(root);
        String folder = folder(root);
        return paths.stream()
                .filter(path -> path.startsWith(folder) && !path.equals(data))
                .filter(path -> SPEAKING.contains(path.substring(path.lastIndexOf('.') + 1)))
                .sorted()
                .map(path -> problem(
                        path,
                        "unknown-policy-file",
                        "of the folder policies/ this version reads data.yaml alone, so this file would not count",
                        "put what it says into " + data + ", or move it elsewhere"))
                .toList();
    }

    /** The data is there and cannot be read. */
    public static Problem unreadable(String file, String why) {
        return problem(file, "unreadable", "the file cannot be read: " + why, "make it a text file of at most 1 MiB");
    }

    private static Problem problem(String file, String code, String message, String hint) {
        return new Problem(file, 1, 1, "", code, Severity.ERROR, message, Optional.of(hint), Optional.empty());
    }
}
