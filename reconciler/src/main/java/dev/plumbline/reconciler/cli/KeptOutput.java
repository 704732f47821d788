package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The output of runs as a control plane of this machine keeps it: {@code RUN/attempt-N/output.log}. */
final class KeptOutput {
    private static final int SHORTEST_ID = 6;
    private static final String ATTEMPT = "attempt-";

    private final Path runs;

    KeptOutput(Path runs) {
        this.runs = runs;
    }

    /** What the latest attempt at the run wrote, whose id begins with these digits. */
    String of(String run) throws CommandException {
        String digits = run.startsWith("sha256:") ? run.substring("sha256:".length()) : run;
        if (!digits.matches("[0-9a-f]{" + SHORTEST_ID + ",64}")) {
            throw new CommandException(
                    ExitCode.USAGE, "'" + run + "' is no run", "give the first " + SHORTEST_ID + " digits or more");
        }
        try {
            List<Path> found =
                    folders(runs, each -> each.getFileName().toString().startsWith(digits));
            if (found.size() > 1) {
                throw new CommandException(ExitCode.USAGE, "several runs begin with " + run, "give more digits");
            }
            Optional<Path> output = found.isEmpty() ? Optional.empty() : latest(found.getFirst());
            if (output.isEmpty()) {
                throw new CommandException(
                        ExitCode.NO,
                        "no server answers, and the state folder of this machine holds no output of run " + run,
                        "ask the control plane that ran it with --server, or name its folder with --state");
            }
            return Files.readString(output.get(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new CommandException(
                    ExitCode.UNREACHABLE, "the output of run " + run + " cannot be read", Optional.empty(), failure);
        }
    }

    private static Optional<Path> latest(Path run) throws IOException {
        return folders(run, each -> each.getFileName().toString().matches(ATTEMPT + "[0-9]{1,9}")).stream()
                .max(Comparator.comparingInt(
                        each -> Integer.parseInt(each.getFileName().toString().substring(ATTEMPT.length()))))
                .map(each -> each.resolve("output.log"))
                .filter(Files::isRegularFile);
    }

    private static List<Path> folders(Path parent, Predicate<Path> wanted) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(parent)) {
            return all.filter(wanted).toList();
        }
    }
}
