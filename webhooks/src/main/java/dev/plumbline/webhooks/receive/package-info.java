/** A delivery's way in: bounded, proved, read, heard once. */
@NullMarked
package dev.plumbline.webhooks.receive;

import org.jspecify.annotations.NullMarked;
