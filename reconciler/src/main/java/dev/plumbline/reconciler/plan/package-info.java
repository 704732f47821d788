/** What would change, as data: desired specs against actual state, without input, output or clock. */
@NullMarked
package dev.plumbline.reconciler.plan;

import org.jspecify.annotations.NullMarked;
