/** Forges in and out, in the words that all rooms of this module share: what is delivered, what is answered, whose secret it is. */
@NullMarked
package dev.plumbline.webhooks;

import org.jspecify.annotations.NullMarked;
