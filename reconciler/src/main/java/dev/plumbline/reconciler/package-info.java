@NullMarked
package dev.plumbline.reconciler;

import org.jspecify.annotations.NullMarked;
