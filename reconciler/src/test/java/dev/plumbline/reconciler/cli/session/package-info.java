/** Tests of what a verb runs in. */
@NullMarked
package dev.plumbline.reconciler.cli.session;

import org.jspecify.annotations.NullMarked;
