package dev.plumbline.schemas.problem;

/** How a number of things reads in a message. */
public final class Counted {
    private Counted() {}

    /** {@code 1 row}, {@code 12 rows}: the thing takes an s. */
    public static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    /**
     * {@code 1 row has no value}, {@code 12 rows have no value}.
     *
     * @param what begins with a verb in the plural, such as {@code have} or {@code lie}
     */
    public static String of(long count, String thing, String what) {
        return of(count, thing) + " " + (count == 1 ? singular(what) : what);
    }

    private static String singular(String what) {
        if (what.startsWith("have ")) {
            return "has " + what.substring("have ".length());
        }
        int end = what.indexOf(' ');
        return end < 0 ? what + "s" : what.substring(0, end) + "s" + what.substring(end);
    }
}
