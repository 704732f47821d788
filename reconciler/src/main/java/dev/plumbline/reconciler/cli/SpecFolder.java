package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.schemas.SpecReader;
import dev.plumbline.schemas.catalog.CatalogReading;
import dev.plumbline.schemas.catalog.FileContents;
import dev.plumbline.schemas.files.SpecFiles;
import dev.plumbline.schemas.policies.PolicyData;
import dev.plumbline.schemas.policies.PolicyDataReader;
import dev.plumbline.schemas.policies.PolicyFiles;
import dev.plumbline.schemas.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The specs of a working tree, as they stand on disk. */
final class SpecFolder {
    private static final int LARGEST_SPEC = 4 << 20;

    private static final Pattern OURS =
            Pattern.compile("(?m)^\\s*[\"']?apiVersion[\"']?\\s*:\\s*[\"']?plumbline\\.dev/");

    private final Path root;
    private final boolean repository;
    private final String specs;

    private SpecFolder(Path root, boolean repository, String specs) {
        this.root = root;
        this.repository = repository;
        this.specs = specs;
    }

    /** The repository that holds the path, or the path's own folder when there is none. */
    static SpecFolder around(Path path) {
        Path folder = Files.isDirectory(path)
                ? path
                : Optional.ofNullable(path.getParent()).orElse(path);
        for (Path each = folder; each != null; each = each.getParent()) {
            if (Files.exists(each.resolve(".git"))) {
                return new SpecFolder(each, true, "");
            }
        }
        return new SpecFolder(folder, false, "");
    }

    /**
     * The same with specs in one folder only.
     *
     * @param specs the folder from the top of the repository; empty for all of it
     */
    SpecFolder below(String specs) throws CommandException {
        Path folder = root.resolve(specs).normalize();
        if (!folder.startsWith(root) || !Files.isDirectory(folder)) {
            throw new CommandException(ExitCode.USAGE, "the repository has no folder " + specs + " to be its --root");
        }
        return new SpecFolder(
                root, repository, root.relativize(folder).toString().replace('\\', '/'));
    }

    /** Whether it is a Git repository: else nobody said that what lies in it belongs together. */
    boolean repository() {
        return repository;
    }

    /** Where it begins. */
    Path root() {
        return root;
    }

    /** The path as specs and problems write it; empty when it lies elsewhere. */
    Optional<String> relative(Path path) {
        return path.startsWith(root)
                ? Optional.of(root.relativize(path).toString().replace('\\', '/'))
                : Optional.empty();
    }

    /**
     * Every spec of the folder, and what is wrong with them. Where there is no repository, only files that say that they
     * are ours or that were named.
     *
     * @param named paths below the folder, as {@link #relative} writes them
     */
    CatalogReading read(SpecReader reader, List<String> named) throws IOException {
        try {
            // Thousands of files take every processor.
            List<FileContents> contents = files(named).entrySet().parallelStream()
                    .flatMap(file -> read(file.getKey(), file.getValue(), reader, named).stream())
                    .toList();
            return reader.assemble(contents, this::start);
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private Optional<FileContents> read(String name, Path file, SpecReader reader, List<String> named) {
        try {
            byte[] bytes = start(file, LARGEST_SPEC);
            boolean ours = repository
                    || named.contains(name)
                    || OURS.matcher(new String(bytes, StandardCharsets.UTF_8)).find();
            return ours ? Optional.of(reader.read(name, bytes)) : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private boolean leadsTo(String folder, List<String> named) {
        return repository
                || named.isEmpty()
                || named.stream()
                        .anyMatch(path -> path.isEmpty()
                                || (path + "/").startsWith(folder + "/")
                                || (folder + "/").startsWith(path + "/"));
    }

    /** Whether the path is below the folder of the specs, or on the way to it. */
    private boolean below(String path, boolean orAbove) {
        return specs.isEmpty()
                || (path + "/").startsWith(specs + "/")
                || (orAbove && (specs + "/").startsWith(path + "/"));
    }

    private NavigableMap<String, Path> files(List<String> named) throws IOException {
        Path ignore = root.resolve(SpecFiles.IGNORE_FILE);
        SpecFiles choice = Files.isRegularFile(ignore) ? SpecFiles.ignoring(Files.readString(ignore)) : SpecFiles.all();
        NavigableMap<String, Path> files = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String path = relative(folder).orElse("");
                return path.isEmpty() || (choice.enters(path) && below(path, true) && leadsTo(path, named))
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String path = relative(file).orElse("");
                if (attributes.isRegularFile() && choice.includes(path) && below(path, false) && leadsTo(path, named)) {
                    files.put(path, file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    /** The organisation's policy data, with everything that is wrong in its folder. */
    PolicyDataReader.Reading policies() throws IOException {
        List<Problem> unread = PolicyFiles.unread(policyFiles(), specs);
        String file = PolicyFiles.data(specs);
        PolicyDataReader.Reading data = start(file, LARGEST_SPEC)
                .map(bytes -> new PolicyDataReader().read(file, bytes))
                .orElseGet(() -> new PolicyDataReader.Reading(Optional.of(PolicyData.NONE), List.of()));
        return new PolicyDataReader.Reading(
                data.data(),
                Stream.concat(unread.stream(), data.problems().stream()).toList());
    }

    private List<String> policyFiles() throws IOException {
        Path folder = root.resolve(PolicyFiles.folder(specs));
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .flatMap(file -> relative(file).stream())
                    .toList();
        }
    }

    /** The first bytes of a file of the folder; a symbolic link is no file, as in a commit. */
    Optional<byte[]> start(String path, int length) {
        Path file = root.resolve(path).normalize();
        if (!file.startsWith(root) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(start(file, length));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static byte[] start(Path file, int length) throws IOException {
        try (InputStream open = Files.newInputStream(file)) {
            return open.readNBytes(length);
        }
    }
}
