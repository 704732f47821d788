/** The loop that keeps what serves true to Git; its parts are the packages below. */
@NullMarked
package dev.plumbline.reconciler;

import org.jspecify.annotations.NullMarked;
