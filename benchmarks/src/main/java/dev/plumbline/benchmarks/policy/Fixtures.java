package dev.plumbline.benchmarks.policy;

import dev.plumbline.policy.Gate;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.policies.PolicyData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The questions that the tests of the rules ask; where one leaves it out, under an organisation that adds nothing, on a fixed day. */
final class Fixtures {
    private static final Path FOLDER = Path.of("policy/src/test/resources/decisions");

    private Fixtures() {}

    /** One question, as an engine gets it. */
    record Asked(Gate gate, ObjectNode input) {}

    /** All of them, from the folder of the project. */
    static List<Asked> all() throws IOException {
        List<Asked> all = new ArrayList<>();
        for (Gate gate : Gate.values()) {
            try (Stream<Path> folders = Files.list(FOLDER.resolve(gate.label()))) {
                folders.sorted().map(folder -> read(gate, folder)).forEach(all::add);
            }
        }
        return all;
    }

    private static Asked read(Gate gate, Path folder) {
        try {
            ObjectNode input = (ObjectNode) Json.read(Files.readAllBytes(folder.resolve("input.json")));
            if (!input.has("organisation")) {
                input.set("organisation", PolicyData.NONE.toInput());
            }
            return new Asked(gate, input.has("time") ? input : input.put("time", "2026-11-22T10:00:00Z"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
