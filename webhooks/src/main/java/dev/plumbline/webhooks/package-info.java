/** Forges in and out: what they may ask of the control plane, checked before anything acts on it. */
@NullMarked
package dev.plumbline.webhooks;

import org.jspecify.annotations.NullMarked;
