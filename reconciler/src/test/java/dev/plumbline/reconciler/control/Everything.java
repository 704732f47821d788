package dev.plumbline.reconciler.control;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.slf4j.LoggerFactory;

/** All that a control plane says and leaves behind: logs down to the last detail, files, and every object in Git. */
final class Everything implements AutoCloseable {
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();
    private final AppenderBase<ILoggingEvent> log = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            say(event.getLoggerName() + " " + event.getFormattedMessage() + " " + event.getKeyValuePairs()
                    + trace(event.getThrowableProxy()));
        }
    };

    Everything() {
        log.setContext(root.getLoggerContext());
        log.start();
        root.addAppender(log);
        root.setLevel(Level.DEBUG);
    }

    private static String trace(IThrowableProxy thrown) {
        return Optional.ofNullable(thrown).map(ThrowableProxyUtil::asString).orElse("");
    }

    void say(String text) {
        said.add(text);
    }

    /** Every object that a ref leads to, as text. */
    void readObjects(Repository repository) throws IOException {
        try (ObjectWalk walk = new ObjectWalk(repository)) {
            for (Ref ref : repository.getRefDatabase().getRefs()) {
                ObjectId id = ref.getObjectId();
                if (id != null) {
                    say(ref.getName());
                    walk.markStart(walk.parseAny(id));
                }
            }
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                say(new String(walk.getObjectReader().open(commit).getBytes(), StandardCharsets.UTF_8));
            }
            for (RevObject object = walk.nextObject(); object != null; object = walk.nextObject()) {
                say(String.valueOf(walk.getPathString()));
                say(new String(walk.getObjectReader().open(object).getBytes(), StandardCharsets.ISO_8859_1));
            }
        } catch (MissingObjectException gone) {
            throw new IllegalStateException("the repository is not whole", gone);
        }
    }

    /** Every file below the folder, beside the one that holds the secrets. */
    void readFiles(Path folder, Path secrets) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> !file.startsWith(secrets))
                    .filter(Files::isRegularFile)
                    .forEach(this::readFile);
        }
    }

    private void readFile(Path file) {
        try {
            say(file.toString());
            say(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    List<String> said() {
        return List.copyOf(said);
    }

    @Override
    public void close() {
        root.detachAppender(log);
        root.setLevel(level);
        log.stop();
    }
}
