/** Reads data files as datasets declare them: typed rows, checks, canonical digests and splits. DuckDB lives only here. */
@NullMarked
package dev.plumbline.runtime.data;

import org.jspecify.annotations.NullMarked;
