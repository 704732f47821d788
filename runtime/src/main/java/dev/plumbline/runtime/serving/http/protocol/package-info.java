/** The inference protocols: from the bytes of a request to rows, and from predictions to the bytes of an answer. */
@NullMarked
package dev.plumbline.runtime.serving.http.protocol;

import org.jspecify.annotations.NullMarked;
