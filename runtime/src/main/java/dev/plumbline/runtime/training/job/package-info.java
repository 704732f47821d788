/** The child JVM's side of an attempt: reads its request, fits, exports, measures, and tells how far it is. */
@NullMarked
package dev.plumbline.runtime.training.job;

import org.jspecify.annotations.NullMarked;
