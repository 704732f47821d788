package dev.plumbline.reconciler.cli;

/**
 * What the composition root supplies to the verbs. Nothing is made before a verb asks for it, so that short verbs start
 * light.
 */
public interface Providers {
    /**
     * Runs control plane and serving until the thread is interrupted, or with {@link UpOptions#once} until nothing is
     * left to do. An interruption is an orderly end, not an error.
     */
    ExitCode up(UpOptions options, Terminal terminal) throws CommandException, InterruptedException;

    /** Runs the data plane until the thread is interrupted. */
    ExitCode serve(ServeOptions options, Terminal terminal) throws CommandException, InterruptedException;
}
