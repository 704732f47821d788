package dev.plumbline.reconciler.queue;

import dev.plumbline.schemas.model.TrainingSpec.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Plays forward when those who wait will start, if every run takes as long as is expected of it. */
final class StartEstimates {
    private final TrainingLimits limits;
    private final PriorityQueue<Running> running = new PriorityQueue<>(Comparator.comparing(Running::endsIn));
    private Duration now = Duration.ZERO;

    StartEstimates(TrainingLimits limits) {
        this.limits = limits;
    }

    private record Running(Resources needed, Duration endsIn) {}

    /** One runs already and is expected to go on for so long. */
    void runs(Resources needed, Duration left) {
        running.add(new Running(needed, left.isNegative() ? Duration.ZERO : left));
    }

    /** The next one in the queue: in how long it starts, when it then takes so long. */
    Duration next(Resources needed, Duration takes) {
        while (!fits(needed) && !running.isEmpty()) {
            now = running.remove().endsIn();
        }
        running.add(new Running(needed, now.plus(takes)));
        return now;
    }

    private boolean fits(Resources needed) {
        List<Resources> all =
                new ArrayList<>(running.stream().map(Running::needed).toList());
        all.add(needed);
        return limits.fit(all);
    }
}
