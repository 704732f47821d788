package dev.plumbline.reconciler.cli.session;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code plumb plan} was asked for.
 *
 * @param repository a folder in a working clone
 * @param from a commit in Git's spelling; empty: what is live
 * @param to a commit in Git's spelling; empty: the working tree
 * @param environment whose ledger says what is live
 * @param root the folder of the repository that holds the specs; empty for the whole repository
 */
public record PlanOptions(
        Path repository, Optional<String> from, Optional<String> to, Optional<String> environment, String root) {}
