/** What a spec is, and the one door that turns bytes into resources and problems. */
@NullMarked
package dev.plumbline.schemas;

import org.jspecify.annotations.NullMarked;
