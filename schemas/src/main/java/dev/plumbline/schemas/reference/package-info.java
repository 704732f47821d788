/** Writes the reference of all specs for people, out of the schemas. */
@NullMarked
package dev.plumbline.schemas.reference;

import org.jspecify.annotations.NullMarked;
