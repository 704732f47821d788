package dev.plumbline.benchmarks.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Writes the generated repository as files, in a folder that looks like a working tree. */
public final class GeneratedFolder {
    private static final long SEED = 7;

    private GeneratedFolder() {}

    /**
     * Writes.
     *
     * @param arguments the folder, which must not exist, and how many specs
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Files.createDirectories(folder.resolve(".git"));
        GeneratedSpecs specs = new GeneratedSpecs(Integer.parseInt(arguments[1]), SEED);
        for (Map.Entry<String, String> file : specs.files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, file.getValue());
        }
    }
}
