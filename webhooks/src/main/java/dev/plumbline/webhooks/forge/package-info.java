/** What the deliveries of each forge look like: one class a forge. */
@NullMarked
package dev.plumbline.webhooks.forge;

import org.jspecify.annotations.NullMarked;
