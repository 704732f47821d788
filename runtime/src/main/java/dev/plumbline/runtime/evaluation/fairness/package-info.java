/** How far apart a model's errors and choices lie between the groups of sensitive columns, with intervals. */
@NullMarked
package dev.plumbline.runtime.evaluation.fairness;

import org.jspecify.annotations.NullMarked;
