package dev.plumbline.reconciler.property;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One sequence of steps from its seed; where it fails, the fewest of its steps that still do. */
final class Trial {
    private static final Path PLACE =
            Path.of(System.getProperty("plumbline.folder", System.getProperty("java.io.tmpdir")));

    private final long seed;
    private final List<Step> steps;

    Trial(long seed, int length) {
        this.seed = seed;
        this.steps = Step.sequence(seed, length);
    }

    private record Failure(Throwable cause, List<String> notes) {}

    /**
     * Runs these steps of the sequence; empty: all.
     *
     * @return what went wrong, and the fewest steps that make it so; empty when nothing did
     */
    Optional<String> run(List<Integer> kept) throws Exception {
        List<Integer> all =
                kept.isEmpty() ? IntStream.range(0, steps.size()).boxed().toList() : kept;
        Optional<Failure> failure = attempt(all);
        if (failure.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> fewest = kept.isEmpty() ? shrunk(all) : all;
        return Optional.of(report(fewest, attempt(fewest).orElse(failure.get())));
    }

    private Optional<Failure> attempt(List<Integer> kept) throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(PLACE), "plumbline-property");
        List<String> notes = new ArrayList<>();
        try (World world = new World(folder)) {
            try {
                for (int index : kept) {
                    world.step(steps.get(index));
                }
                world.settle();
                return Optional.empty();
            } finally {
                notes.addAll(world.notes());
            }
        } catch (AssertionError | Exception failed) {
            return Optional.of(new Failure(failed, notes));
        } finally {
            delete(folder);
        }
    }

    /** Leaves out ever smaller parts, as long as what is left still fails. */
    private List<Integer> shrunk(List<Integer> all) throws Exception {
        List<Integer> kept = all;
        for (int size = Math.max(1, kept.size() / 2); size >= 1; size = size == 1 ? 0 : size / 2) {
            for (int from = 0; from < kept.size(); ) {
                List<Integer> fewer = new ArrayList<>(kept);
                fewer.subList(from, Math.min(from + size, kept.size())).clear();
                if (!fewer.isEmpty() && attempt(fewer).isPresent()) {
                    kept = fewer;
                } else {
                    from += size;
                }
            }
        }
        return kept;
    }

    private String report(List<Integer> kept, Failure failure) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        out.println("sequence " + seed + " fails. Again with: -Dplumbline.seed=" + seed + " -Dplumbline.steps="
                + String.join(",", Witness.lines(kept)));
        kept.forEach(index -> out.println("  " + index + " " + steps.get(index)));
        out.println("what happened:");
        failure.notes().forEach(note -> out.println("  " + note));
        out.println(failure.cause());
        Stream.of(failure.cause().getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("dev.plumbline."))
                .forEach(frame -> out.println("  at " + frame));
        return text.toString();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
