package dev.plumbline.reconciler.scaffold;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of the example, as they were packed beside these classes: in a folder or in a JAR file. */
final class ExampleFiles {
    private static final String ANCHOR = "example/README.md";

    private ExampleFiles() {}

    /** The files by their path in the repository. */
    static SortedMap<String, byte[]> read() throws IOException {
        return beside(Objects.requireNonNull(ExampleFiles.class.getResource(ANCHOR), ANCHOR));
    }

    /** All files in the folder of this one, and below. */
    static SortedMap<String, byte[]> beside(URL file) throws IOException {
        try {
            URI uri = file.toURI();
            if (!"jar".equals(uri.getScheme())) {
                return below(Path.of(uri).resolveSibling("."));
            }
            String[] parts = uri.toString().split("!", 2);
            try (FileSystem jar = FileSystems.newFileSystem(URI.create(parts[0]), Map.of())) {
                return below(jar.getPath(parts[1]).resolveSibling("."));
            }
        } catch (URISyntaxException odd) {
            throw new IOException("the example has no readable place", odd);
        }
    }

    private static SortedMap<String, byte[]> below(Path folder) throws IOException {
        Path root = folder.normalize();
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        SortedMap<String, byte[]> read = new TreeMap<>();
        for (Path file : files) {
            read.put(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        }
        return Collections.unmodifiableSortedMap(read);
    }
}
