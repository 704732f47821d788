/** The loop itself: looking at the source, admitting, queueing resources, reconciling them. */
@NullMarked
package dev.plumbline.reconciler.control;

import org.jspecify.annotations.NullMarked;
