package dev.plumbline.reconciler.cli.session;

import dev.plumbline.schemas.model.Revision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What {@code plumb up} was asked for.
 *
 * @param target a folder or URL; empty makes and follows the demo
 * @param root the folder of the repository that holds the specs
 * @param port of the control plane; 0 lets the system choose
 * @param state where mirror, artifacts and routing tables are kept; empty: derived from the remote
 * @param acceptedLedger a head of the ledger to take as it is, though no trusted key signed it
 * @param once reconcile until nothing is left to do, then end
 */
public record UpOptions(
        Optional<String> target,
        String branch,
        Optional<String> root,
        Optional<String> environment,
        int port,
        int servingPort,
        String bind,
        Optional<Path> state,
        Duration poll,
        Optional<Path> config,
        boolean takeOver,
        Optional<Revision> acceptedLedger,
        boolean keepServing,
        boolean once,
        boolean verbose,
        boolean quiet) {}
