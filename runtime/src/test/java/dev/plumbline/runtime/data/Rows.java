package dev.plumbline.runtime.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Made-up rows as CSV lines, from a seed. */
final class Rows {
    private Rows() {}

    /** A header and customers with {@code tenure,charges,plan,churn}, some charges missing. */
    static List<String> churn(int rows, long seed) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of("tenure,charges,plan,churn"));
        for (int i = 0; i < rows; i++) {
            String charges =
                    random.nextInt(10) == 0 ? "" : String.format(Locale.ROOT, "%.2f", random.nextDouble() * 100);
            lines.add(String.join(
                    ",",
                    String.valueOf(random.nextInt(72)),
                    charges,
                    List.of("gold", "silver", "none").get(random.nextInt(3)),
                    random.nextInt(3) == 0 ? "yes" : "no"));
        }
        return lines;
    }
}
