package dev.plumbline.schemas.yaml;

import org.jspecify.annotations.Nullable;

/** The way from the root to a value. It becomes a pointer only when there is something to report. */
record Trail(@Nullable Trail parent, String segment, int index) {
    static final Trail ROOT = new Trail(null, "", -1);

    Trail child(String field) {
        return new Trail(this, field, -1);
    }

    Trail child(int item) {
        return new Trail(this, "", item);
    }

    String pointer() {
        if (parent == null) {
            return Pointers.ROOT;
        }
        return index < 0 ? Pointers.child(parent.pointer(), segment) : Pointers.child(parent.pointer(), index);
    }
}
