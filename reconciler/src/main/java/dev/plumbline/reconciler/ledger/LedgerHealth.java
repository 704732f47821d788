package dev.plumbline.reconciler.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * How the record stands with the remote.
 *
 * @param lastPushed when the remote last took everything
 * @param pending commits that are durable here and not yet there
 * @param error why the last push failed, or that one is not answered; empty when it went through
 * @param lastVouched when the remote last held a checkpoint of ours for all that it holds; empty before, and without a key
 * @param holder who holds the ledger: this control plane, unless it was taken over
 */
public record LedgerHealth(
        Optional<Instant> lastPushed,
        long pending,
        Optional<String> error,
        Optional<Instant> lastVouched,
        Holder holder) {}
