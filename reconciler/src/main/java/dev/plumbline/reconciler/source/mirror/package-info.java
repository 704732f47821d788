/** The control plane's own copy of the repository: fetched, pushed from, examined and mended. */
@NullMarked
package dev.plumbline.reconciler.source.mirror;

import org.jspecify.annotations.NullMarked;
