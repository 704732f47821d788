/** Reads YAML safely: bytes to JSON trees in which every value knows its place, and the places of scalars to edit. */
@NullMarked
package dev.plumbline.schemas.yaml;

import org.jspecify.annotations.NullMarked;
