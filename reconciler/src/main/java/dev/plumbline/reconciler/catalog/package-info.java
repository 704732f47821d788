/** What of a revision is acted on: loading its specs, and holding back what must not go on. */
@NullMarked
package dev.plumbline.reconciler.catalog;

import org.jspecify.annotations.NullMarked;
