@NullMarked
package dev.plumbline.webhooks;

import org.jspecify.annotations.NullMarked;
