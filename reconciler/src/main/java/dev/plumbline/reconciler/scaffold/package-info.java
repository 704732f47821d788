/** New GitOps repositories: the example, and specs inferred from a person's own data. */
@NullMarked
package dev.plumbline.reconciler.scaffold;

import org.jspecify.annotations.NullMarked;
