/** The command, run in this process against a control port that holds still. */
@NullMarked
package dev.plumbline.reconciler.cli;

import org.jspecify.annotations.NullMarked;
