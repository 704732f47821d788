/** Where something is wrong in a file, what, and what would be right. */
@NullMarked
package dev.plumbline.schemas.problem;

import org.jspecify.annotations.NullMarked;
