package dev.plumbline.reconciler.ledger.state;

/**
 * An entry with its place in the order in which entries were recorded.
 *
 * @param sequence grows with every entry; clocks may go back, this does not
 */
public record Stamped<E>(long sequence, E entry) {}
