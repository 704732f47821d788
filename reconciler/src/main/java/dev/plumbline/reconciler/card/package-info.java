/** The card of one version: what its author wrote, filled in with what was measured, in the forms that people take it away in. */
@NullMarked
package dev.plumbline.reconciler.card;

import org.jspecify.annotations.NullMarked;
