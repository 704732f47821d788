package dev.plumbline.reconciler.source;

import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A push of one commit to one branch.
 *
 * @param branch without {@code refs/heads/}; a ref that is no branch by its full name
 * @param expected where the branch must stand; the zero id when it must not exist; empty for any ancestor
 * @param force whether the branch may lose commits
 */
public record BranchPush(ObjectId commit, String branch, Optional<ObjectId> expected, boolean force) {}
