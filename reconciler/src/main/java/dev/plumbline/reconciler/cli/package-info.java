/** The command: one class a verb, what they print, and how they reach a control plane or a ledger. */
@NullMarked
package dev.plumbline.reconciler.cli;

import org.jspecify.annotations.NullMarked;
