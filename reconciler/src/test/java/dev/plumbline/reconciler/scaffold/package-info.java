/** Tests of new repositories: the example, and specs inferred from data. */
@NullMarked
package dev.plumbline.reconciler.scaffold;

import org.jspecify.annotations.NullMarked;
