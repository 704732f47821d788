/** The one JSON mapper and the one canonical form of JSON that digests are taken over. */
@NullMarked
package dev.plumbline.schemas.json;

import org.jspecify.annotations.NullMarked;
