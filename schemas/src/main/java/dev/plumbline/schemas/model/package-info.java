/** Records of desired state and the names and digests that identify everything. */
@NullMarked
package dev.plumbline.schemas.model;

import org.jspecify.annotations.NullMarked;
