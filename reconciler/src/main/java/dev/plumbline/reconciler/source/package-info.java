/** The watched branch: fetching snapshots of it and writing commits to it. */
@NullMarked
package dev.plumbline.reconciler.source;

import org.jspecify.annotations.NullMarked;
