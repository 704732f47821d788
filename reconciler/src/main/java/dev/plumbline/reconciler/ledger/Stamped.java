package dev.plumbline.reconciler.ledger;

/**
 * An entry with its place in the order in which entries were recorded.
 *
 * @param sequence grows with every entry; clocks may go back, this does not
 */
record Stamped<E>(long sequence, E entry) {}
