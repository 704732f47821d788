package dev.plumbline.policy;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.policies.PolicyData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One question with the answer that the rules must give: a folder with {@code input.json} and {@code expected.json}. */
public record Fixture(Gate gate, Path folder) {
    private static final Path ROOT = Path.of("src/test/resources/decisions");

    /** Every fixture there is. */
    public static List<Fixture> all() {
        return Stream.of(Gate.values())
                .flatMap(gate -> children(ROOT.resolve(gate.label())).stream().map(folder -> new Fixture(gate, folder)))
                .toList();
    }

    /** Every file below the folder of the fixtures, by its path there. */
    public static List<String> files() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> ROOT.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The files of this fixture, by their paths below the folder of the fixtures. */
    public Stream<String> ownFiles() {
        return Stream.of("expected.json", "input.json")
                .map(name -> ROOT.relativize(folder.resolve(name)).toString());
    }

    public Path inputFile() {
        return folder.resolve("input.json");
    }

    /** What is asked; where the file leaves it out, by an organisation that adds nothing, on a fixed day. */
    public ObjectNode input() {
        ObjectNode input = (ObjectNode) read(inputFile());
        if (!input.has("organisation")) {
            input.set("organisation", PolicyData.NONE.toInput());
        }
        if (!input.has("time")) {
            input.put("time", "2026-11-22T10:00:00Z");
        }
        return input;
    }

    public JsonNode expected() {
        return read(folder.resolve("expected.json"));
    }

    public String name() {
        return gate.label() + "/" + folder.getFileName();
    }

    private static JsonNode read(Path file) {
        try {
            return Json.read(Files.readAllBytes(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
