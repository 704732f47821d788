/** The ledger as a branch of commits: how it is opened, written, pushed, fenced, trusted and read again. */
@NullMarked
package dev.plumbline.reconciler.ledger.git;

import org.jspecify.annotations.NullMarked;
