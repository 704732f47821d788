/** Revisions of a branch as snapshots of its files, and the commits that we write on it. */
@NullMarked
package dev.plumbline.reconciler.source.git;

import org.jspecify.annotations.NullMarked;
