/** Other processes of ours: how a child JVM is started, limited and kept apart from the terminal. */
@NullMarked
package dev.plumbline.runtime.process;

import org.jspecify.annotations.NullMarked;
