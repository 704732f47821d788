/** Flags and names that several verbs share, and what they mean. */
@NullMarked
package dev.plumbline.reconciler.cli.option;

import org.jspecify.annotations.NullMarked;
