/** Doing one action of a plan through the ports of the runtime, and recording what came of it. */
@NullMarked
package dev.plumbline.reconciler.apply;

import org.jspecify.annotations.NullMarked;
