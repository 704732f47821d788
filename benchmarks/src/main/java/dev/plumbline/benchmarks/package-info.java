@NullMarked
package dev.plumbline.benchmarks;

import org.jspecify.annotations.NullMarked;
