/** What somebody outside is told of: what a person must settle, that it is settled, and which version went live. */
@NullMarked
package dev.plumbline.reconciler.notification;

import org.jspecify.annotations.NullMarked;
