/** The JSON that the command and the control port both show, made from state and ledger. */
@NullMarked
package dev.plumbline.reconciler.report;

import org.jspecify.annotations.NullMarked;
