/** The repository that is followed, on this machine or elsewhere: how it is reached, and what it says when it cannot be. */
@NullMarked
package dev.plumbline.reconciler.source.remote;

import org.jspecify.annotations.NullMarked;
