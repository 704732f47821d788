/** Runs an attempt in a child JVM with limits, and brings back what it says and makes. */
@NullMarked
package dev.plumbline.runtime.training;

import org.jspecify.annotations.NullMarked;
