package dev.plumbline.reconciler.property;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * One deed, and how far the control plane gets after it.
 *
 * @param which what it is done to; taken modulo what there is
 * @param how a choice within the deed; taken modulo the choices
 * @param turns how many of its waiting steps the control plane takes
 * @param seed decides the order of those
 */
record Step(Deed deed, int which, int how, int turns, long seed) {
    private static final List<Deed> WEIGHED = Stream.of(Deed.values())
            .flatMap(deed -> Stream.generate(() -> deed).limit(deed.weight))
            .toList();

    /** Enough for nothing to wait any more. */
    static final int ALL = 2_000;

    /** The sequence of this seed. */
    static List<Step> sequence(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Step> steps = new ArrayList<>();
        for (int step = 0; step < length; step++) {
            steps.add(new Step(
                    WEIGHED.get(random.nextInt(WEIGHED.size())),
                    random.nextInt(60),
                    random.nextInt(60),
                    random.nextInt(3) == 0 ? random.nextInt(6) : ALL,
                    random.nextLong()));
        }
        return steps;
    }

    @Override
    public String toString() {
        return deed + "(" + which + ", " + how + ")" + (turns == ALL ? "" : " then " + turns + " turns");
    }
}
