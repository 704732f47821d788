/** The inference and admin ports: their limits, and the way of a request from bytes to bytes. */
@NullMarked
package dev.plumbline.runtime.serving.http;

import org.jspecify.annotations.NullMarked;
