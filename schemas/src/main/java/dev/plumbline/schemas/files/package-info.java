/** Which files of a repository are spec files. */
@NullMarked
package dev.plumbline.schemas.files;

import org.jspecify.annotations.NullMarked;
