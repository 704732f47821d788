/** The composition root: the only room that names providers. */
@NullMarked
package dev.plumbline.reconciler.app;

import org.jspecify.annotations.NullMarked;
