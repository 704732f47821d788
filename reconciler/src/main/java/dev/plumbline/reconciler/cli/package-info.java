/** The command: one class a verb, and what only one verb needs. */
@NullMarked
package dev.plumbline.reconciler.cli;

import org.jspecify.annotations.NullMarked;
