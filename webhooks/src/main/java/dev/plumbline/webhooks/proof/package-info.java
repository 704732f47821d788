/** Whether a body comes from whoever holds the secret: in constant time, over the raw bytes. */
@NullMarked
package dev.plumbline.webhooks.proof;

import org.jspecify.annotations.NullMarked;
