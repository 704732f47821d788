/** Turns documents that fit their schema into records, with the defaults that the schema states. */
@NullMarked
package dev.plumbline.schemas.binding;

import org.jspecify.annotations.NullMarked;
