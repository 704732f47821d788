/** Fits models with Tribuo and XGBoost, exports and measures them, in a child JVM with limits. */
@NullMarked
package dev.plumbline.runtime.training;

import org.jspecify.annotations.NullMarked;
