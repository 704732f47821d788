/** The control port, asked over HTTP. */
@NullMarked
package dev.plumbline.reconciler.api;

import org.jspecify.annotations.NullMarked;
