/** Measures predictions against held-out truth: metrics with intervals, groups, and comparison of two models. */
@NullMarked
package dev.plumbline.runtime.evaluation;

import org.jspecify.annotations.NullMarked;
