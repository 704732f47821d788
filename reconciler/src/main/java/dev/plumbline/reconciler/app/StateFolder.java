package dev.plumbline.reconciler.app;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.session.Terminal;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that a control plane keeps between starts. Nothing in it exists only once: all can be had again from the
 * remote, the specs and the data.
 */
final class StateFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);
    private static final String LOCK = "control.lock";
    private static final String REPOSITORY = "repository";
    private static final Pattern HOLDER = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Path root;
    private final FileChannel lockFile;

    private StateFolder(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /** The folder of a remote that the operator named none for. */
    static Path usual(Terminal terminal, Remote remote, Optional<String> environment) {
        Path base = terminal.variable("XDG_STATE_HOME")
                .map(Path::of)
                .orElseGet(() -> home(terminal).resolve(".local").resolve("state"));
        String followed = remote.url() + "\n" + environment.orElse("");
        String hash = Digest.of(followed.getBytes(StandardCharsets.UTF_8)).shortened();
        String label = remote.label();
        String name = label.endsWith(".git") ? label.substring(0, label.length() - ".git".length()) : label;
        return base.resolve("plumbline").resolve(name + "-" + hash);
    }

    /** As Git takes it: what the environment says goes before what the system's list of users says. */
    private static Path home(Terminal terminal) {
        return terminal.resolve(
                Path.of(terminal.variable("HOME").orElseGet(() -> System.getProperty("user.home", "."))));
    }

    /**
     * Opens the folder for this process alone.
     *
     * @throws CommandException when another control plane uses it, or it cannot be written
     */
    static StateFolder open(Path root) throws CommandException, InterruptedException {
        try {
            Files.createDirectories(root);
            // It holds copies of data and the control plane's own credentials of the data plane.
            if (Files.getFileStore(root).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            }
            FileChannel channel =
                    FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new CommandException(
                        ExitCode.UNREACHABLE,
                        "another control plane uses this state folder" + process(root),
                        "end that one first (Ctrl-C where it runs, or kill it by that number), or name another folder"
                                + " with --state");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new StateFolder(root, channel);
        } catch (ClosedByInterruptException stop) {
            Thread.interrupted();
            throw new InterruptedException("the start was stopped");
        } catch (IOException failure) {
            throw new CommandException(
                    ExitCode.UNREACHABLE,
                    "the state folder cannot be used: " + failure.getMessage(),
                    Optional.of("name another one with --state"),
                    failure);
        }
    }

    /**
     * Refuses what a control plane that uses the folder would undo.
     *
     * @throws CommandException naming its process
     */
    static void unused(Path root, String otherwise) throws CommandException, IOException {
        Path file = root.resolve(LOCK);
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (!locked(channel)) {
                throw new CommandException(
                        ExitCode.NO,
                        "a control plane is running" + process(root) + " and " + otherwise,
                        "end that one (Ctrl-C where it runs, or kill it by that number): it ends its data plane too");
            }
        }
    }

    private static String process(Path root) throws IOException {
        String text = Files.readString(root.resolve(LOCK)).strip();
        return text.matches("[0-9]+") ? " (process " + text + ")" : "";
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    Path root() {
        return root;
    }

    Path mirror() {
        return root.resolve("mirror.git");
    }

    Path artifacts() {
        return artifactsIn(root);
    }

    /** Where the artifacts lie in a state folder. */
    static Path artifactsIn(Path root) {
        return root.resolve("artifacts");
    }

    Path runs() {
        return runsIn(root);
    }

    /** Where attempts keep their output in a state folder, opened or not. */
    static Path runsIn(Path root) {
        return root.resolve("runs");
    }

    /** Temporary files of trainings; a former control plane's are of no use. */
    Path scratch() {
        return root.resolve("scratch");
    }

    /**
     * The id of this folder, made at its first start: the ledger knows its holder by it. A file that holds none is damaged
     * and gets another id, which the ledger takes for a stranger's until a person says {@code --take-over}.
     */
    String holder() throws IOException {
        Path file = root.resolve("holder");
        if (Files.exists(file)) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            if (HOLDER.matcher(text).matches()) {
                return text;
            }
            LOG.error("the file that names this state folder to the ledger is damaged and is made anew file=holder");
        }
        String made = UUID.randomUUID().toString();
        write(file, made);
        return made;
    }

    /** Keeps the name of the repository that it was started with, for people. */
    void startedWith(Remote remote) throws IOException {
        write(root.resolve(REPOSITORY), remote.label());
    }

    /** The repository that it was started with last, as reports name it. */
    Optional<String> repository() throws IOException {
        Path file = root.resolve(REPOSITORY);
        return Files.exists(file)
                ? Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip())
                : Optional.empty();
    }

    /** Tells scripts where the two processes answer. */
    void announce(String control, String serving, long pid) throws IOException {
        write(
                root.resolve("endpoints.json"),
                Json.pretty(Json.object()
                        .put("control", control)
                        .put("serving", serving)
                        .put("pid", pid)));
    }

    void withdraw() throws IOException {
        Files.deleteIfExists(root.resolve("endpoints.json"));
    }

    private static void write(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
