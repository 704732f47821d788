/** The data plane's process and the port through which the control plane drives it: start, adopt, probe, restore. */
@NullMarked
package dev.plumbline.runtime.serving;

import org.jspecify.annotations.NullMarked;
