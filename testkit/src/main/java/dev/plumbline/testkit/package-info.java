/** What tests of every module share: a clock that they move, and real Git repositories to be the remotes. */
@NullMarked
package dev.plumbline.testkit;

import org.jspecify.annotations.NullMarked;
