/** Measures of the control plane over a repository of thousands of specs, and of {@code plumb validate} over its files. */
@NullMarked
package dev.plumbline.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
