/** What a decision costs, by each of the two policy engines. */
@NullMarked
package dev.plumbline.benchmarks.policy;

import org.jspecify.annotations.NullMarked;
