/** Which training runs may start now, which wait for room on the machine, and in which order. */
@NullMarked
package dev.plumbline.reconciler.queue;

import org.jspecify.annotations.NullMarked;
