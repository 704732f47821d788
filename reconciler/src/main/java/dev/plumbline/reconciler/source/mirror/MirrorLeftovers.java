package dev.plumbline.reconciler.source.mirror;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process that was killed while it wrote leaves in a mirror: locks, which would keep everybody from writing for
 * ever, and files that it had not finished.
 */
final class MirrorLeftovers {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorLeftovers.class);

    /** As JGit names what it writes before it is moved to its place. */
    private static final Pattern UNFINISHED = Pattern.compile("noz.*\\.tmp|incoming_.*|insert_.*|gc_.*_tmp|.*\\.tmp");

    private MirrorLeftovers() {}

    static void remove(Path mirror) throws IOException {
        Path objects = mirror.resolve("objects");
        remove(mirror, 1, MirrorLeftovers::locks);
        remove(mirror.resolve("refs"), Integer.MAX_VALUE, MirrorLeftovers::locks);
        remove(objects, 1, MirrorLeftovers::unfinished);
        remove(objects.resolve("pack"), 1, MirrorLeftovers::unfinished);
    }

    private static boolean locks(Path file) {
        return file.toString().endsWith(".lock");
    }

    private static boolean unfinished(Path file) {
        return UNFINISHED.matcher(String.valueOf(file.getFileName())).matches();
    }

    private static void remove(Path folder, int depth, Predicate<Path> left) throws IOException {
        for (Path file : files(folder, depth, left)) {
            LOG.warn("removed what a process left that was killed file={}", file.getFileName());
            Files.deleteIfExists(file);
        }
    }

    private static List<Path> files(Path folder, int depth, Predicate<Path> left) throws IOException {
        try (Stream<Path> files = Files.find(folder, depth, (file, attributes) -> attributes.isRegularFile())) {
            return files.filter(left).toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }
}
