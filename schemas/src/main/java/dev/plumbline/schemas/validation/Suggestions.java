package dev.plumbline.schemas.validation;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody probably meant who wrote something that does not exist. */
public final class Suggestions {
    private static final int LONGEST = 256;

    private Suggestions() {}

    /** The nearest of the names that exist; empty when none is near. Case, hyphens and underscores count little. */
    public static Optional<String> nearest(String written, Collection<String> existing) {
        if (written.isEmpty() || written.length() > LONGEST) {
            return Optional.empty();
        }
        String wanted = folded(written);
        int allowed = Math.max(1, Math.min(3, wanted.length() / 3));
        return existing.stream()
                .filter(name -> Math.abs(name.length() - written.length()) <= allowed + 3)
                .map(name -> new Candidate(name, distance(wanted, folded(name), allowed)))
                .filter(candidate -> candidate.distance <= allowed)
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    /** A question that names the nearest; empty when none is near. */
    public static Optional<String> didYouMean(String written, Collection<String> existing) {
        return nearest(written, existing).map(name -> "did you mean `" + name + "`?");
    }

    private record Candidate(String name, int distance) {}

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "").replace(" ", "");
    }

    /**
     * Optimal string alignment distance (insertions, deletions, substitutions and swaps of neighbours); anything above
     * the limit is the limit plus one.
     */
    private static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) > limit) {
            return limit + 1;
        }
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
