/** Fits one algorithm each, with Tribuo and the XGBoost engine, and says how its model is written down. */
@NullMarked
package dev.plumbline.runtime.training.fitting;

import org.jspecify.annotations.NullMarked;
