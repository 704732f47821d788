package dev.plumbline.reconciler.source.remote;

import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** Ends an exchange with a remote when its thread is interrupted. */
public class UntilInterrupted extends EmptyProgressMonitor {
    @Override
    public boolean isCancelled() {
        return Thread.currentThread().isInterrupted();
    }
}
