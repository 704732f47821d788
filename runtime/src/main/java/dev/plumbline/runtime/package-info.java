/** What the control plane may call: ports and the values that cross them, free of any library's types. */
@NullMarked
package dev.plumbline.runtime;

import org.jspecify.annotations.NullMarked;
