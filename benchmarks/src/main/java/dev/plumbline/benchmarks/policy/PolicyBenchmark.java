package dev.plumbline.benchmarks.policy;

import com.sun.management.OperatingSystemMXBean;
import dev.plumbline.policy.Circumstances;
import dev.plumbline.policy.Gate;
import dev.plumbline.policy.Judge;
import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.policy.Question;
import dev.plumbline.policy.opa.EmbeddedOpa;
import dev.plumbline.policy.opa.OpaServer;
import dev.plumbline.schemas.policies.PolicyData;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Decisions by each engine over the fixtures of the rules, the two in turn, and the start of the embedded one. */
public final class PolicyBenchmark {
    private static final int BATCH = 1000;
    private static final Circumstances UNDER = Circumstances.of(PolicyData.NONE, Instant.parse("2026-11-22T10:00:00Z"));
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final PrintStream out;
    private final int rounds;
    private final long nanos;
    private final List<Fixtures.Asked> fixtures;
    private int asked;

    private PolicyBenchmark(PrintStream out, int rounds, long seconds, List<Fixtures.Asked> fixtures) {
        this.out = out;
        this.rounds = rounds;
        this.nanos = TimeUnit.SECONDS.toNanos(seconds);
        this.fixtures = fixtures;
    }

    /**
     * Runs it from the folder of the project, and prints a table in Markdown.
     *
     * @param arguments the command {@code opa}, rounds, and seconds of a round
     */
    public static void main(String[] arguments) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                OpaChild child = OpaChild.start(Path.of(arguments[0]));
                OpaServer server = OpaServer.shipped(
                        new OpaServer.Settings(child.url(), Optional.empty(), Optional.empty()), threads)) {
            PolicyBenchmark benchmark = new PolicyBenchmark(
                    System.out, Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]), Fixtures.all());
            benchmark.awaitPolicy(child, server);
            benchmark.run(List.of(
                    new Subject("embedded", EmbeddedOpa.shipped(threads), SYSTEM::getProcessCpuTime),
                    new Subject("server", server, () -> SYSTEM.getProcessCpuTime() + child.processorTime())));
        }
    }

    /** An engine, and the processor time that it and its caller have taken. */
    private record Subject(String name, PolicyEngine engine, LongSupplier processor) {}

    /** What is to be timed, by how many calls there were before. */
    private interface Work {
        void run(PolicyEngine engine, int index);
    }

    /** One row for each engine. */
    private record Measured(String what, int decisions, Work work) {}

    private void run(List<Subject> subjects) throws Exception {
        load("begins");
        ColdStart start = ColdStart.median(rounds);
        out.printf(
                Locale.ROOT,
                "embedded engine in a new process: %.0f ms to load, %.0f ms for the first decision, %.0f ms of processor"
                        + " time%n%n",
                start.load(),
                start.first(),
                start.processor());
        out.println("| engine | asked | decisions/s | ratio | p50 ms | p99 ms | processor µs a decision |");
        out.println("| --- | --- | --- | --- | --- | --- | --- |");
        for (Gate gate : Gate.values()) {
            List<ObjectNode> inputs = inputs(gate);
            report(
                    subjects,
                    new Measured(
                            gate.label() + ", one by one",
                            1,
                            (engine, index) -> engine.decide(gate, List.of(inputs.get(index % inputs.size())))));
        }
        List<ObjectNode> specs = inputs(Gate.ADMISSION);
        List<ObjectNode> many = IntStream.range(0, BATCH)
                .mapToObj(index -> specs.get(index % specs.size()))
                .toList();
        report(
                subjects,
                new Measured(
                        "admission, " + BATCH + " at once",
                        BATCH,
                        (engine, index) -> engine.decide(Gate.ADMISSION, many)));
        report(
                subjects,
                new Measured(
                        "admission of one spec, to the verdict",
                        1,
                        (engine, index) -> admit(engine, specs.get(index % specs.size()), index)));
        out.println();
        load("ends");
    }

    private List<ObjectNode> inputs(Gate gate) {
        return fixtures.stream()
                .filter(each -> each.gate() == gate)
                .map(Fixtures.Asked::input)
                .toList();
    }

    private static void admit(PolicyEngine engine, ObjectNode evidence, int number) {
        new Judge(engine, id -> Optional.empty())
                .judge(
                        new Question(Gate.ADMISSION, "Model/m" + number, evidence, new TreeMap<>(), Optional.empty()),
                        UNDER);
    }

    private void report(List<Subject> subjects, Measured measured) {
        List<List<Sample>> samples = Stream.generate(() -> (List<Sample>) new ArrayList<Sample>())
                .limit(subjects.size())
                .toList();
        subjects.forEach(subject -> round(subject, measured));
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < subjects.size(); turn++) {
                int next = (round + turn) % subjects.size();
                samples.get(next).add(round(subjects.get(next), measured));
            }
        }
        double first = median(samples.getFirst()).rate();
        for (int index = 0; index < subjects.size(); index++) {
            Sample sample = median(samples.get(index));
            out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.0f | %.2f | %.2f | %.2f | %.0f |%n",
                    subjects.get(index).name(),
                    measured.what(),
                    sample.rate(),
                    sample.rate() / first,
                    sample.median(),
                    sample.slow(),
                    sample.processor());
        }
    }

    private Sample round(Subject subject, Measured measured) {
        LongStream.Builder times = LongStream.builder();
        long processor = subject.processor().getAsLong();
        for (long end = System.nanoTime() + nanos; System.nanoTime() < end; ) {
            long begun = System.nanoTime();
            measured.work().run(subject.engine(), asked++);
            times.add(System.nanoTime() - begun);
        }
        return Sample.of(
                measured.decisions(),
                times.build().toArray(),
                subject.processor().getAsLong() - processor);
    }

    private static Sample median(List<Sample> samples) {
        return samples.stream()
                .sorted(Comparator.comparingDouble(Sample::rate))
                .toList()
                .get(samples.size() / 2);
    }

    private void awaitPolicy(OpaChild child, PolicyEngine server) {
        Fixtures.Asked any = fixtures.getFirst();
        long begun = System.nanoTime();
        while (!server.decide(any.gate(), List.of(any.input()))
                .getFirst()
                .reason()
                .conclusive()) {
            if (!child.alive() || System.nanoTime() - begun > PATIENCE) {
                throw new IllegalStateException("opa did not take the bundle");
            }
        }
    }

    private void load(String when) {
        out.printf(
                Locale.ROOT,
                "%d processors, load average of the last minute as it %s: %.1f%n%n",
                Runtime.getRuntime().availableProcessors(),
                when,
                SYSTEM.getSystemLoadAverage());
    }
}
