/** How long trainers take, from reading the data to the measured artifact. */
@NullMarked
package dev.plumbline.benchmarks.training;

import org.jspecify.annotations.NullMarked;
