/** Tokens and those who hold them. */
@NullMarked
package dev.plumbline.reconciler.access;

import org.jspecify.annotations.NullMarked;
