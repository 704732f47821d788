package dev.plumbline.schemas.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Counts hits of the failpoint that is switched on, and ends the process at the one that was asked for. Thread-safe. */
final class Trap {
    static final String NAME = "plumbline.failpoint";
    static final String FUSE = "plumbline.failpoint.fuse";
    static final List<String> PROPERTIES = List.of(NAME, FUSE);

    /** The status that a shell gives a process which was ended by SIGKILL. */
    static final int KILLED = 137;

    private final @Nullable Path fuse;
    private final Runnable death;
    private Aim aim;

    /** What is aimed at, and how many hits of it are left. */
    private record Aim(String text, @Nullable Failpoint point, int left) {
        static final Aim NOTHING = new Aim("", null, 0);

        static Aim at(String text) {
            int mark = text.indexOf('@');
            return mark < 0
                    ? new Aim(text, Failpoint.of(text), 1)
                    : new Aim(text, Failpoint.of(text.substring(0, mark)), Integer.parseInt(text.substring(mark + 1)));
        }

        Aim hit() {
            return new Aim(text, point, left - 1);
        }
    }

    private Trap(@Nullable Path fuse, Aim aim, Runnable death) {
        this.fuse = fuse;
        this.aim = aim;
        this.death = death;
    }

    /** Null when nothing is switched on, so that a hit then costs nothing. */
    static @Nullable Trap of(Function<String, @Nullable String> properties, Runnable death) {
        String fuse = properties.apply(FUSE);
        String name = properties.apply(NAME);
        if (fuse == null && name == null) {
            return null;
        }
        return new Trap(fuse == null ? null : Path.of(fuse), name == null ? Aim.NOTHING : Aim.at(name), death);
    }

    synchronized void hit(Failpoint point) {
        try {
            if (fuse != null) {
                read(fuse);
            }
            if (aim.point() != point) {
                return;
            }
            aim = aim.hit();
            if (aim.left() == 0 && (fuse == null || Files.deleteIfExists(fuse))) {
                death.run();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("The fuse of a failpoint cannot be read.", broken);
        }
    }

    private void read(Path file) throws IOException {
        String text = content(file);
        if (!text.equals(aim.text())) {
            aim = text.isEmpty() ? Aim.NOTHING : Aim.at(text);
        }
    }

    /** What the fuse says; nothing when there is none. It is written elsewhere and moved into its place, so it is whole. */
    private static String content(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException burnt) {
            return "";
        }
    }
}
