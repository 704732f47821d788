/** The loop under random sequences of commits and faults: what is done to it, and what must hold whatever is done. */
@NullMarked
package dev.plumbline.reconciler.property;

import org.jspecify.annotations.NullMarked;
