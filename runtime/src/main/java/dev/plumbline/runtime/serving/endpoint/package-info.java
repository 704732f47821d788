/** What answers behind the protocols: endpoints, their loaded versions, and how much each takes on at once. */
@NullMarked
package dev.plumbline.runtime.serving.endpoint;

import org.jspecify.annotations.NullMarked;
