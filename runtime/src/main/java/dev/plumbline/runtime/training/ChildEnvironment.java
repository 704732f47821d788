package dev.plumbline.runtime.training;

import java.util.Map;
import java.util.Set;

/** What a training process sees of this one's environment: nothing that could be a secret or change the JVM. */
final class ChildEnvironment {
    private static final Set<String> PASSED =
            Set.of("CLASSPATH", "PATH", "HOME", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "SystemRoot");

    private ChildEnvironment() {}

    static void restrict(Map<String, String> environment) {
        environment.keySet().retainAll(PASSED);
    }
}
