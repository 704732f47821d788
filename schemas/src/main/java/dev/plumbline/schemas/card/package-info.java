/** What a model card is: its head, its sections, and where each of them stands. */
@NullMarked
package dev.plumbline.schemas.card;

import org.jspecify.annotations.NullMarked;
