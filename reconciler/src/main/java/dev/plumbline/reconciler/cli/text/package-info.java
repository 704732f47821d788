/** How answers look to people: tables, descriptions, YAML, colours. */
@NullMarked
package dev.plumbline.reconciler.cli.text;

import org.jspecify.annotations.NullMarked;
