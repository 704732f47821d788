/** What a person on call may order, and what keeps the loop from acting meanwhile. */
@NullMarked
package dev.plumbline.reconciler.oncall;

import org.jspecify.annotations.NullMarked;
