/** The JSON Schemas of the kinds, and what a document that breaks them is told in plain words. */
@NullMarked
package dev.plumbline.schemas.validation;

import org.jspecify.annotations.NullMarked;
