/** Messages to others: signed, and sent to where the operator says. */
@NullMarked
package dev.plumbline.webhooks.send;

import org.jspecify.annotations.NullMarked;
