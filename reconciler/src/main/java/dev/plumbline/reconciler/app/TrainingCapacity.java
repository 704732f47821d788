package dev.plumbline.reconciler.app;

import com.sun.management.OperatingSystemMXBean;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.queue.TrainingLimits;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Optional;

/** Reads what training may use; what is not configured is half of this machine, or of the container that we run in. */
final class TrainingCapacity {
    static final String CPU = "limits.trainingCpu";
    static final String MEMORY = "limits.trainingMemory";
    static final String RUNS = "limits.concurrentTrainings";

    private TrainingCapacity() {}

    static TrainingLimits of(Map<String, String> texts) throws CommandException {
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        TrainingLimits half =
                TrainingLimits.halfOf(Runtime.getRuntime().availableProcessors(), machine.getTotalMemorySize());
        return new TrainingLimits(
                number(texts, CPU, 1_024).orElse(half.cpu()),
                memory(texts).orElse(half.memoryBytes()),
                number(texts, RUNS, 999).orElse(half.runs()));
    }

    private static Optional<Integer> number(Map<String, String> texts, String key, int most) throws CommandException {
        String text = texts.get(key);
        if (text == null) {
            return Optional.empty();
        }
        if (!text.matches("[1-9][0-9]{0,3}") || Integer.parseInt(text) > most) {
            throw new CommandException(ExitCode.USAGE, key + " is a whole number from 1 to " + most + ", not " + text);
        }
        return Optional.of(Integer.valueOf(text));
    }

    private static Optional<Long> memory(Map<String, String> texts) throws CommandException {
        String text = texts.get(MEMORY);
        if (text == null) {
            return Optional.empty();
        }
        if (!text.matches("[1-9][0-9]{0,6}(Mi|Gi)")) {
            throw new CommandException(
                    ExitCode.USAGE, MEMORY + " is a whole number and Mi or Gi, such as 8Gi, not " + text);
        }
        long amount = Long.parseLong(text.substring(0, text.length() - 2));
        return Optional.of(text.endsWith("Gi") ? amount << 30 : amount << 20);
    }
}
