@NullMarked
package dev.plumbline.schemas;

import org.jspecify.annotations.NullMarked;
