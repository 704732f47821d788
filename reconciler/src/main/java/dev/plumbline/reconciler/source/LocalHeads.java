package dev.plumbline.reconciler.source;

import java.io.IOException;
import java.util.Collection;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/**
 * The branches of a repository on this machine. To list them a Git server opens the commit of each, and for that the index
 * of every pack, which is most of a look that finds nothing new; the refs alone are a few small files. They are read
 * anew each time: nothing is kept that could be out of date.
 */
final class LocalHeads {
    private LocalHeads() {}

    /** What lies under {@code refs/heads/}. */
    static Collection<Ref> of(Remote remote) throws IOException {
        try (Repository origin = LocalPush.receiver(remote)) {
            return origin.getRefDatabase().getRefsByPrefix(Constants.R_HEADS);
        }
    }
}
