package dev.plumbline.reconciler.source.mirror;

import dev.plumbline.reconciler.source.Source;
import dev.plumbline.schemas.fault.StorageFailure;
import java.nio.file.Path;

/** Tells what the machine refuses from what is damaged: only the second is mended or made anew. */
final class MirrorFailure {
    private MirrorFailure() {}

    /** Why a mirror could not be opened. */
    static Source.SourceException opening(Path folder, Exception cause) {
        return of(
                "The mirror in the state folder (" + folder.getFileName() + ") cannot be opened",
                ". If it is damaged, move it aside and keep it: it is made again from the remote, and what was not pushed"
                        + " yet is only in it.",
                cause);
    }

    /** Why something of the mirror could not be read or written. */
    static Source.SourceException of(String what, Exception cause) {
        return of(what, ".", cause);
    }

    private static Source.SourceException of(String what, String ofDamage, Exception cause) {
        return StorageFailure.in(cause)
                .map(refused -> new Source.SourceException("Storage", what + ": " + refused.words() + ".", cause))
                .orElseGet(() -> new Source.SourceException("Damaged", what + ofDamage, cause));
    }
}
