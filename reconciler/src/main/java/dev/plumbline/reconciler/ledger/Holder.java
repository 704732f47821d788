package dev.plumbline.reconciler.ledger;

import java.time.Instant;

/**
 * Who writes the ledger.
 *
 * @param epoch grows with every change of holder; whoever sees a higher one than their own acts no more
 * @param holder id of the state folder that holds it
 * @param name who that is, for people
 */
public record Holder(long epoch, String holder, String name, Instant since) {}
