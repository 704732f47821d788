package dev.plumbline.benchmarks.inference;

import dev.plumbline.runtime.DeployOutcome;
import dev.plumbline.runtime.EndpointConfiguration;
import dev.plumbline.runtime.EndpointConfiguration.ServedVersion;
import dev.plumbline.runtime.artifact.FileArtifactStore;
import dev.plumbline.runtime.process.ChildJvm;
import dev.plumbline.runtime.serving.LocalEndpoints;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.VersionName;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures inference over HTTP beside a bare echo server and ONNX Runtime in process, all in one run: every scenario is
 * measured in rounds, and in each round the servers take turns, so that what disturbs the machine disturbs all of them.
 */
public final class InferenceBenchmark {
    private static final List<Integer> ROWS = List.of(1, 64);
    private static final List<Integer> CONNECTIONS = List.of(1, 16, 64);
    private static final int WARM_CONNECTIONS = 64;
    private static final long WARM_MILLIS = 20_000;

    private final Path folder;
    private final int rounds;
    private final long millis;

    private InferenceBenchmark(Path folder, int rounds, long millis) {
        this.folder = folder;
        this.rounds = rounds;
        this.millis = millis;
    }

    /**
     * Runs it all and prints a table in Markdown.
     *
     * @param arguments rounds and milliseconds of each measurement; 5 and 2000 when not given
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        long millis = arguments.length > 1 ? Long.parseLong(arguments[1]) : 2000;
        new InferenceBenchmark(Files.createTempDirectory("plumbline-benchmark"), rounds, millis).run();
    }

    /** A server under load: its port, the path that is asked, and its process. */
    private record Target(int port, String path, ProcessHandle process) {
        /** Processor time of all its threads, in microseconds. */
        double processorMicros() {
            return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e3;
        }
    }

    /**
     * One measurement.
     *
     * @param rate answers a second
     * @param median latency in microseconds
     * @param tail 99th percentile of latency in microseconds
     * @param processor time of the server for each answer, in microseconds
     */
    private record Sample(double rate, double median, double tail, double processor) {
        /** The sample of the median rate. */
        static Sample middle(List<Sample> samples) {
            List<Sample> sorted = new ArrayList<>(samples);
            sorted.sort(Comparator.comparingDouble(Sample::rate));
            return sorted.get(sorted.size() / 2);
        }
    }

    private void run() throws Exception {
        Process echo = ChildJvm.of(EchoServer.class)
                .builder(List.of())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (LocalEndpoints endpoints = LocalEndpoints.start(new LocalEndpoints.Settings(
                folder, "127.0.0.1", 0, ChildJvm.of(ServeChild.class), List.of(), Duration.ofSeconds(60)))) {
            int echoPort = Integer.parseInt(firstLine(echo));
            Target bare = new Target(echoPort, "/", echo.toHandle());
            Map<String, Path> models = new LinkedHashMap<>();
            models.put("linear", deploy(endpoints, "linear", BenchmarkModels.linear()));
            models.put("forest", deploy(endpoints, "forest", BenchmarkModels.forest()));
            System.out.println("| model | rows | connections | echo/s | plumb/s | ratio | CPU µs echo | CPU µs plumb"
                    + " | p50 µs | p99 µs | in process, 1 thread/s |");
            System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
            for (Map.Entry<String, Path> model : models.entrySet()) {
                Target plumb = new Target(
                        endpoints.servingPort(),
                        "/v1/models/" + model.getKey() + ":predict",
                        ProcessHandle.of(endpoints.pid()).orElseThrow());
                for (int rows : ROWS) {
                    Path body = Files.write(folder.resolve("request-" + rows), BenchmarkModels.request(rows));
                    load(plumb, body, WARM_CONNECTIONS, WARM_MILLIS);
                    load(bare, body, WARM_CONNECTIONS, WARM_MILLIS);
                    for (int connections : CONNECTIONS) {
                        measure(model.getKey(), model.getValue(), rows, body, connections, bare, plumb);
                    }
                }
            }
        } finally {
            echo.destroy();
        }
    }

    private void measure(String model, Path file, int rows, Path body, int connections, Target bare, Target plumb) {
        List<Sample> echoes = new ArrayList<>();
        List<Sample> answers = new ArrayList<>();
        List<Double> raw = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            List<Runnable> order = new ArrayList<>(List.of(
                    () -> echoes.add(load(bare, body, connections, millis)),
                    () -> answers.add(load(plumb, body, connections, millis)),
                    () -> raw.add(Double.valueOf(child(RawRuntime.class, file, rows, millis / 2)))));
            Collections.rotate(order, round);
            order.forEach(Runnable::run);
        }
        Sample echo = Sample.middle(echoes);
        Sample answer = Sample.middle(answers);
        Collections.sort(raw);
        System.out.printf(
                "| %s | %d | %d | %.0f | %.0f | %.2f | %.0f | %.0f | %.0f | %.0f | %.0f |%n",
                model,
                rows,
                connections,
                echo.rate,
                answer.rate,
                answer.rate / echo.rate,
                echo.processor,
                answer.processor,
                answer.median,
                answer.tail,
                raw.get(raw.size() / 2));
    }

    private static Sample load(Target target, Path body, int connections, long millis) {
        double before = target.processorMicros();
        String[] parts = child(LoadGenerator.class, target.port, target.path, body, connections, millis)
                .strip()
                .split(" ");
        double spent = target.processorMicros() - before;
        double rate = Double.parseDouble(parts[0]);
        return new Sample(
                rate, Double.parseDouble(parts[1]), Double.parseDouble(parts[2]), spent * 1e3 / (rate * millis));
    }

    private static String child(Class<?> main, Object... arguments) {
        List<String> texts = new ArrayList<>();
        for (Object argument : arguments) {
            texts.add(argument.toString());
        }
        try {
            Process process = ChildJvm.of(main)
                    .with("-XX:+UseSerialGC")
                    .builder(texts)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return firstLine(process);
        } catch (IOException failure) {
            throw new IllegalStateException("a measuring process could not be started", failure);
        }
    }

    private static String firstLine(Process process) throws IOException {
        BufferedReader reader = process.inputReader(StandardCharsets.US_ASCII);
        String line = reader.readLine();
        if (line == null) {
            throw new IllegalStateException("a measuring process ended without a result");
        }
        return line;
    }

    private Path deploy(LocalEndpoints endpoints, String name, byte[] artifact)
            throws IOException, InterruptedException {
        var digest = new FileArtifactStore(folder.resolve("artifacts")).put(new ByteArrayInputStream(artifact));
        DeployOutcome outcome = endpoints.deploy(new EndpointConfiguration(
                name,
                Optional.of(new ServedVersion(new VersionName(name, 1), digest)),
                "",
                new ServingSpec.Limits(100, Duration.ofSeconds(10), 1000),
                Optional.of(Duration.ofHours(1))));
        if (!outcome.equals(new DeployOutcome.Done())) {
            throw new IllegalStateException("the model was not deployed: " + outcome);
        }
        return Files.write(folder.resolve(name + ".onnx"), artifact);
    }
}
