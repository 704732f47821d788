/** Who may ask what of the control port: roles, callers and the file that names them; knows nothing of HTTP. */
@NullMarked
package dev.plumbline.reconciler.access;

import org.jspecify.annotations.NullMarked;
