/** Signatures of commits in Git's SSH form: the key that makes ours, the keys that are trusted, and what was signed. */
@NullMarked
package dev.plumbline.reconciler.signing;

import org.jspecify.annotations.NullMarked;
