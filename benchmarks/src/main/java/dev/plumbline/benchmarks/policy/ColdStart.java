package dev.plumbline.benchmarks.policy;

import com.sun.management.OperatingSystemMXBean;
import dev.plumbline.policy.opa.EmbeddedOpa;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * How long the embedded engine takes in a process that has done nothing yet.
 *
 * @param load milliseconds until it is there
 * @param first milliseconds of its first decision
 * @param processor milliseconds of processor time of both
 */
record ColdStart(double load, double first, double processor) {
    /** Measures it in this process, and prints the times. */
    public static void main(String[] arguments) throws IOException {
        Fixtures.Asked question = Fixtures.all().getFirst();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            long before = system.getProcessCpuTime();
            long begun = System.nanoTime();
            EmbeddedOpa embedded = EmbeddedOpa.shipped(threads);
            long loaded = System.nanoTime();
            embedded.decide(question.gate(), List.of(question.input()));
            long decided = System.nanoTime();
            long processor = system.getProcessCpuTime() - before;
            System.out.printf(
                    Locale.ROOT, "%.1f %.1f %.1f%n", (loaded - begun) / 1e6, (decided - loaded) / 1e6, processor / 1e6);
        }
    }

    /** The median of so many new processes. */
    static ColdStart median(int rounds) throws IOException, InterruptedException {
        List<ColdStart> starts = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            starts.add(once());
        }
        starts.sort(Comparator.comparingDouble(start -> start.load() + start.first()));
        return starts.get(rounds / 2);
    }

    private static ColdStart once() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ColdStart.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String[] said;
        try (var out = child.inputReader()) {
            said = String.valueOf(out.readLine()).split(" ", -1);
        }
        if (child.waitFor() != 0 || said.length != 3) {
            throw new IllegalStateException("the process that starts the engine failed");
        }
        return new ColdStart(Double.parseDouble(said[0]), Double.parseDouble(said[1]), Double.parseDouble(said[2]));
    }
}
