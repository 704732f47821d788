package dev.plumbline.schemas;

import dev.plumbline.schemas.catalog.CatalogReading;
import dev.plumbline.schemas.catalog.FileContents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Prints how long it takes to read 10,000 small specs, several times in a row; run its main method. */
final class SpecReadingBenchmark {
    private static final int FILES = 2_000;
    private static final int ROUNDS = 5;

    private SpecReadingBenchmark() {}

    /** Reads all files in parallel and assembles them, in rounds. */
    public static void main(String[] arguments) {
        SpecReader reader = new SpecReader();
        for (int round = 1; round <= ROUNDS; round++) {
            long start = System.nanoTime();
            List<FileContents> files = IntStream.range(0, FILES)
                    .parallel()
                    .mapToObj(i -> reader.read("team-%d.yaml".formatted(i), file(i)))
                    .toList();
            long read = System.nanoTime();
            CatalogReading reading = reader.assemble(files, (path, length) -> Optional.of(new byte[0]));
            long assembled = System.nanoTime();
            System.out.printf(
                    "round %d: %d specs, %d problems: read %d ms, assembled %d ms%n",
                    round,
                    reading.documents(),
                    reading.problems().size(),
                    (read - start) / 1_000_000,
                    (assembled - read) / 1_000_000);
        }
    }

    private static byte[] file(int i) {
        return """
                apiVersion: plumbline.dev/v1
                kind: Model
                metadata: {name: m-%1$d, owner: team@example.com}
                spec: {task: binary-classification, riskTier: high, card: card.md, sensitive: [gender]}
                ---
                apiVersion: plumbline.dev/v1
                kind: Dataset
                metadata: {name: d-%1$d}
                spec:
                  source: {path: data.csv}
                  label: churn
                  positive: yes
                  schema:
                    tenure: {type: integer, min: 0}
                    gender: {type: category, values: [f, m]}
                    churn: {type: category, values: [yes, no]}
                  expectations: [{column: tenure, notNull: true, between: [0, 100]}, {rows: {min: 1000}}]
                ---
                apiVersion: plumbline.dev/v1
                kind: Training
                metadata: {name: t-%1$d}
                spec:
                  model: m-%1$d
                  dataset: d-%1$d
                  trainer: {algorithm: random-forest, parameters: {trees: 100}}
                  require: {auc: {min: 0.8}}
                ---
                apiVersion: plumbline.dev/v1
                kind: Serving
                metadata: {name: s-%1$d}
                spec:
                  model: m-%1$d
                  version: v7
                ---
                apiVersion: plumbline.dev/v1
                kind: Monitoring
                metadata: {name: s-%1$d}
                spec: {serving: s-%1$d}
                """.formatted(i).getBytes(StandardCharsets.UTF_8);
    }
}
