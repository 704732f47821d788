/** All specs of one revision: what they refer to, what depends on what, and the rules between them. */
@NullMarked
package dev.plumbline.schemas.catalog;

import org.jspecify.annotations.NullMarked;
