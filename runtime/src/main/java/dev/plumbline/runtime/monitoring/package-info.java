/** What is watched of live endpoints: counts, latencies and predictions of the last window, in bounded memory. */
@NullMarked
package dev.plumbline.runtime.monitoring;

import org.jspecify.annotations.NullMarked;
