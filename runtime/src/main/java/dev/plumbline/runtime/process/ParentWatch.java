package dev.plumbline.runtime.process;

import java.io.IOException;
import java.io.InputStream;

/** Ends a child when its parent is gone, however the parent ended. */
public final class ParentWatch {
    /** Exit status of a child whose parent went away. */
    public static final int PARENT_GONE = 143;

    private ParentWatch() {}

    /**
     * Watches a pipe whose other end the parent holds open, and halts this process at its end. The pipe carries nothing
     * else.
     */
    public static void haltAtEndOf(InputStream pipe) {
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> {
            awaitEnd(pipe);
            Runtime.getRuntime().halt(PARENT_GONE);
        });
    }

    private static void awaitEnd(InputStream pipe) {
        byte[] ignored = new byte[64];
        try {
            while (pipe.read(ignored) >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException broken) {
            // A broken pipe says what its end says: there is no parent.
            return;
        }
    }
}
