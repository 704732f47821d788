package dev.plumbline.schemas.yaml;

import java.util.Arrays;
import java.util.List;

/** JSON pointers (RFC 6901) as text. */
public final class Pointers {
    /** The pointer of the whole document. */
    public static final String ROOT = "";

    private Pointers() {}

    /** The pointer of a field of the value at {@code parent}. */
    public static String child(String parent, String field) {
        return parent + "/" + field.replace("~", "~0").replace("/", "~1");
    }

    /** The pointer of an item of the array at {@code parent}. */
    public static String child(String parent, int index) {
        return parent + "/" + index;
    }

    /** The names and indexes that lead from the root to the value. */
    public static List<String> segments(String pointer) {
        if (pointer.isEmpty()) {
            return List.of();
        }
        return Arrays.stream(pointer.substring(1).split("/", -1))
                .map(segment -> segment.replace("~1", "/").replace("~0", "~"))
                .toList();
    }
}
