/** What the composition root puts together. */
@NullMarked
package dev.plumbline.reconciler.app;

import org.jspecify.annotations.NullMarked;
