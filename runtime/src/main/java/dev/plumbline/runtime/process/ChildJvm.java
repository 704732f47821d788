package dev.plumbline.runtime.process;

import dev.plumbline.schemas.fault.Failpoint;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How to start another JVM that runs one of our main classes. Immutable; each {@code with…} returns a changed copy.
 *
 * <p>The class path travels in the variable {@code CLASSPATH} and not in the command line: it may be far longer than
 * process listings and some native libraries bear.
 *
 * @param java the launcher
 * @param options of the JVM, before the main class
 * @param addressSpace limit in bytes of the address space, enforced by the shell where there is one, so that native
 *     allocations outside of the heap are bounded too
 * @param ownSession whether Ctrl-C in the terminal spares the child
 */
public record ChildJvm(
        Path java,
        String classPath,
        List<String> options,
        String mainClass,
        OptionalLong addressSpace,
        boolean ownSession) {
    private static final Path SHELL = Path.of("/bin/sh");

    /**
     * Ctrl-C signals the whole foreground process group. A session of its own takes the child out of that group; where
     * {@code setsid} is missing, signals that are ignored at exec stay ignored, also by the JVM. Each exec keeps the
     * process id, so the started process is the JVM itself.
     */
    private static final String DETACH =
            "trap '' INT HUP; if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; fi; exec \"$@\"";

    public ChildJvm {
        options = List.copyOf(options);
    }

    /** The Java and class path of this process. */
    public static ChildJvm of(String mainClass) {
        return new ChildJvm(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        absolute(System.getProperty("java.class.path")),
                        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"),
                        mainClass,
                        OptionalLong.empty(),
                        false)
                .with(Failpoint.options().toArray(String[]::new));
    }

    /** The Java and class path of this process. */
    public static ChildJvm of(Class<?> mainClass) {
        return of(mainClass.getName());
    }

    /** With further JVM options. */
    public ChildJvm with(String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new ChildJvm(java, classPath, all, mainClass, addressSpace, ownSession);
    }

    /** With a heap of at most so many bytes. */
    public ChildJvm withHeap(long bytes) {
        return with("-Xmx" + Math.max(16, bytes >> 20) + "m");
    }

    /** With an address space of at most so many bytes; allocations beyond it fail within the child alone. */
    public ChildJvm withAddressSpace(long bytes) {
        return new ChildJvm(java, classPath, options, mainClass, OptionalLong.of(bytes), ownSession);
    }

    /** Spared by Ctrl-C in the terminal and by its closing: it ends only when somebody ends it. */
    public ChildJvm inOwnSession() {
        return new ChildJvm(java, classPath, options, mainClass, addressSpace, true);
    }

    /** A builder of the process with these arguments for the main class; streams are pipes until changed. */
    public ProcessBuilder builder(List<String> arguments) {
        List<String> command = new ArrayList<>();
        shellScript().ifPresent(script -> command.addAll(List.of(SHELL.toString(), "-c", script, "plumb")));
        command.add(java.toString());
        command.addAll(options);
        command.add(mainClass);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", classPath);
        return builder;
    }

    private Optional<String> shellScript() {
        if (!Files.isExecutable(SHELL) || (addressSpace.isEmpty() && !ownSession)) {
            return Optional.empty();
        }
        String limit =
                addressSpace.isPresent() ? "ulimit -v " + (addressSpace.getAsLong() >> 10) + " 2>/dev/null; " : "";
        return Optional.of(limit + (ownSession ? DETACH : "exec \"$@\""));
    }

    /** The child may run in another folder, where relative entries would name other files. */
    private static String absolute(String classPath) {
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            entries.add(entry.isEmpty() ? "" : Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}
