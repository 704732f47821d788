/** Keeps bytes by their digest on this machine's disk, durable and verified. */
@NullMarked
package dev.plumbline.runtime.artifact;

import org.jspecify.annotations.NullMarked;
