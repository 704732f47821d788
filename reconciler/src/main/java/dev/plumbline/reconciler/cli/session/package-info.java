/** What a verb runs in: the terminal, a control plane to ask, the parts of the program, and how it ends. */
@NullMarked
package dev.plumbline.reconciler.cli.session;

import org.jspecify.annotations.NullMarked;
