package dev.plumbline.reconciler.source.git;

import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.schemas.model.Revision;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The files of a folder as if they were committed; what Git would call their blobs is called by their paths. */
final class FolderSnapshot implements Snapshot {
    /** What Git writes where there is no commit. */
    static final Revision UNCOMMITTED = new Revision("0".repeat(40));

    private static final int LARGEST_FILE = 16 * 1024 * 1024;

    private final Path root;
    private final String specs;
    private final Map<String, String> paths;
    private final Map<String, String> links;

    private FolderSnapshot(Path root, String specs, Map<String, String> paths, Map<String, String> links) {
        this.root = root;
        this.specs = specs;
        this.paths = paths;
        this.links = links;
    }

    /**
     * What stands in this working tree.
     *
     * @param specs the folder that holds the specs; empty for all of it
     */
    static FolderSnapshot of(Path root, String specs) throws IOException {
        Map<String, String> paths = new TreeMap<>();
        Map<String, String> links = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String path = root.relativize(file).toString().replace('\\', '/');
                if (attributes.isRegularFile()) {
                    paths.put(path, path);
                } else if (attributes.isSymbolicLink()) {
                    links.put(path, "is a symbolic link, which is never followed: commit the file itself");
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return new FolderSnapshot(root, specs, Collections.unmodifiableMap(paths), Collections.unmodifiableMap(links));
    }

    @Override
    public Revision revision() {
        return UNCOMMITTED;
    }

    @Override
    public String tree() {
        return UNCOMMITTED.id();
    }

    @Override
    public CommitHeader header() {
        return new CommitHeader("nobody yet", "the working tree", Map.of());
    }

    @Override
    public Map<String, String> blobs() {
        return paths;
    }

    @Override
    public String root() {
        return specs;
    }

    @Override
    public Map<String, String> refused() {
        return links;
    }

    @Override
    public byte[] read(String blob) throws IOException {
        try (InputStream open = open(blob)) {
            byte[] bytes = open.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw new IOException("the file is larger than " + LARGEST_FILE / 1024 / 1024 + " MiB");
            }
            return bytes;
        }
    }

    @Override
    public InputStream open(String blob) throws IOException {
        return Files.newInputStream(root.resolve(blob));
    }
}
