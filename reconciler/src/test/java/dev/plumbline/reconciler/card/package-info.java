/** Tests of the cards of versions. */
@NullMarked
package dev.plumbline.reconciler.card;

import org.jspecify.annotations.NullMarked;
