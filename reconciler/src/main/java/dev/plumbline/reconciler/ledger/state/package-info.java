/** What the head of a ledger holds, as an immutable value, and what of it grows old. */
@NullMarked
package dev.plumbline.reconciler.ledger.state;

import org.jspecify.annotations.NullMarked;
