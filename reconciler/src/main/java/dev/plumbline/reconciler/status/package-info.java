/** What is reported of every resource: its conditions and the revisions it was seen at. */
@NullMarked
package dev.plumbline.reconciler.status;

import org.jspecify.annotations.NullMarked;
