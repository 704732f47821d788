/** The record of what the control plane learned and decided, kept as a branch of the followed repository. */
@NullMarked
package dev.plumbline.reconciler.ledger;

import org.jspecify.annotations.NullMarked;
