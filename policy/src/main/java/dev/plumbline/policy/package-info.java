/** May it happen: gates, the questions that they are asked, and the verdicts that they give; engines live below. */
@NullMarked
package dev.plumbline.policy;

import org.jspecify.annotations.NullMarked;
