/** What the clock is held against: the time that really went by. */
@NullMarked
package dev.plumbline.reconciler.clock;

import org.jspecify.annotations.NullMarked;
