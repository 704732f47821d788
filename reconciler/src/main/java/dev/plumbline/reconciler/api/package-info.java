/** The control port: one class a resource, over what a running control plane answers. */
@NullMarked
package dev.plumbline.reconciler.api;

import org.jspecify.annotations.NullMarked;
