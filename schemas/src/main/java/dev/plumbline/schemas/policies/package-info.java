/** What an organisation adds to the rules: the data of its {@code policies/} folder. */
@NullMarked
package dev.plumbline.schemas.policies;

import org.jspecify.annotations.NullMarked;
