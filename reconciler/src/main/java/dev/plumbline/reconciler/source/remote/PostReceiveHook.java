package dev.plumbline.reconciler.source.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * The post-receive hook of a bare repository of ours: it tells the running control plane of a push, waits up to five
 * seconds for the admission and prints it to the person who pushed. It never fails a push.
 */
public final class PostReceiveHook {
    /** Where, inside the repository, the hook finds the control plane's address at push time. */
    public static final String ENDPOINT_FILE = "plumbline-endpoint";

    private static final String MARK = "# Plumbline's post-receive hook";
    private static final String NAME = "post-receive";

    private PostReceiveHook() {}

    /**
     * Installs the hook into a bare repository. A hook of somebody else is left as it is.
     *
     * @return whether our hook is in place
     */
    public static boolean install(Path repository) throws IOException {
        Path hooks = Files.createDirectories(repository.resolve("hooks"));
        if (Files.exists(hooks.resolve(NAME)) && !isOurs(hooks)) {
            return false;
        }
        replace(hooks.resolve(NAME), script(), "rwxr-xr-x");
        return true;
    }

    /**
     * Says where the control plane listens now.
     *
     * @param address its base URL, such as {@code http://127.0.0.1:8080}
     */
    public static void announce(Path repository, String address) throws IOException {
        replace(repository.resolve(ENDPOINT_FILE), address + "\n", "rw-r--r--");
    }

    /** Forgets where the control plane listened: a push then waits for nobody. */
    public static void withdraw(Path repository) throws IOException {
        Files.deleteIfExists(repository.resolve(ENDPOINT_FILE));
    }

    /** Whether the folder's post-receive hook is ours. */
    static boolean isOurs(Path hooks) {
        try {
            return Files.isRegularFile(hooks.resolve(NAME))
                    && new String(Files.readAllBytes(hooks.resolve(NAME)), StandardCharsets.ISO_8859_1).contains(MARK);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static String script() throws IOException {
        try (InputStream stream = Objects.requireNonNull(
                PostReceiveHook.class.getResourceAsStream("post-receive.sh"), "post-receive.sh")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void replace(Path file, String text, String permissions) throws IOException {
        Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
        if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(permissions));
        }
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException unable) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
