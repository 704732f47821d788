package dev.plumbline.policy.opa;

import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the committed Wasm says that it was made of, and what lies there now. */
final class PolicySources {
    static final Path WASM = Path.of("src/main/resources/dev/plumbline/policy/policy.wasm");
    private static final Path RECORD = Path.of("src/main/resources/dev/plumbline/policy/policy.digest");

    private PolicySources() {}

    /** The lines of the record about the whole, by their first word. */
    static Map<String, String> recorded() throws IOException {
        return Files.readAllLines(RECORD).stream()
                .filter(line -> !line.startsWith("rego "))
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    /** The digest over the digests of the sources and the version of OPA, as {@code build-policy} takes it. */
    static Digest digest(String opaVersion) throws IOException {
        StringBuilder list = new StringBuilder();
        for (String path : paths()) {
            list.append(Digest.of(Files.readAllBytes(Path.of(path))).hex())
                    .append("  ")
                    .append(path)
                    .append('\n');
        }
        list.append("opa ").append(opaVersion).append('\n');
        return Digest.of(list.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> paths() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/rego"))) {
            return Stream.concat(
                            Stream.of("capabilities.json"),
                            files.map(Path::toString).filter(path -> path.endsWith(".rego")))
                    .sorted()
                    .toList();
        }
    }
}
