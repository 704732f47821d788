@NullMarked
package dev.plumbline.runtime;

import org.jspecify.annotations.NullMarked;
