/** Policy engines that speak Rego: the one that runs in this process, and the reader of the answers of any. */
@NullMarked
package dev.plumbline.policy.opa;

import org.jspecify.annotations.NullMarked;
